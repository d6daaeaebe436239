BEGIN TRANSACTION;
CREATE TABLE article (
	id TEXT NOT NULL, 
	number BIGINT NOT NULL, 
	url TEXT NOT NULL, 
	outlet TEXT NOT NULL, 
	title TEXT NOT NULL, 
	text TEXT NOT NULL, 
	text_sha256 TEXT NOT NULL, 
	published TEXT, 
	published_basis TEXT NOT NULL, 
	lang TEXT NOT NULL, 
	sha256 TEXT NOT NULL, 
	fetched_at TEXT NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (number)
);
INSERT INTO "article" VALUES('art_05GAKTBYZY6XE3V3',1,'file:dove-daily.txt','','Nine dead in Mayadin market shelling','Nine dead in Mayadin market shelling
Dove Daily, 3 May 2031

Shelling of the market in Mayadin killed nine people on Thursday, the provincial health office said. The Ridge Brigade denied that it had fired.
','31c6899aa962b60bc7c364148442402eee6cb6535545ce15fb40283517e1c6f9','2031-05-03','text: 3 May 2031','en','31c6899aa962b60bc7c364148442402eee6cb6535545ce15fb40283517e1c6f9','2031-05-05T10:00:00+00:00');
INSERT INTO "article" VALUES('art_W9CQPY6NF5DAZ52F',2,'file:ridge-times.txt','','Bomb wounds three in Latakia','Bomb wounds three in Latakia
Ridge Times, 4 May 2031

A car bomb wounded three people in Latakia on Saturday, police said.
','51efba8904efe303ae1db7c9d43f9cb30849fcea3fa45bc2d11b9f4c14e6666b','2031-05-04','text: 4 May 2031','','51efba8904efe303ae1db7c9d43f9cb30849fcea3fa45bc2d11b9f4c14e6666b','2031-05-05T10:00:00+00:00');
INSERT INTO "article" VALUES('art_RA0V40RSNTJ6SDKG',3,'file:tarn-post.txt','','Shelling hits a market in Mayadin','Shelling hits a market in Mayadin
Tarn Post, 2 May 2031

At least 12 people were killed when shells hit the market in Mayadin on Thursday, the Wadi clinic said. Seven children were among them.
','7a15424728ef0a9b6482b6d49a88865e8f154fc89cc8e12e45f521be0b87d73a','2031-05-02','text: 2 May 2031','en','7a15424728ef0a9b6482b6d49a88865e8f154fc89cc8e12e45f521be0b87d73a','2031-05-05T10:00:00+00:00');
INSERT INTO "article" VALUES('art_ADMGJX1D8ZCB50PD',4,'file:wadi-herald.txt','','Shelling hits a market in Mayadin','Shelling hits a market in Mayadin
Wadi Herald, 2 May 2031

At least 12 people were killed when shells hit the market in Mayadin on Thursday, the Wadi clinic said. Seven children were among them.
','640f054d33995ff99324a9a23af5fc4c734977cc5ff06281c29589c9651d2b72','2031-05-02','text: 2 May 2031','en','640f054d33995ff99324a9a23af5fc4c734977cc5ff06281c29589c9651d2b72','2031-05-05T10:00:00+00:00');
CREATE TABLE claim (
	id TEXT NOT NULL, 
	mention_id TEXT NOT NULL, 
	reading_id TEXT NOT NULL, 
	prop TEXT NOT NULL, 
	value TEXT NOT NULL, 
	scope TEXT, 
	source TEXT NOT NULL, 
	stance TEXT NOT NULL, 
	as_of TEXT, 
	span_start BIGINT NOT NULL, 
	span_end BIGINT NOT NULL, 
	quote TEXT NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(mention_id) REFERENCES mention (id), 
	FOREIGN KEY(reading_id) REFERENCES reading (id)
);
INSERT INTO "claim" VALUES('clm_EB3T0NPDAN056SGH','men_JZ55V9YT2HRRRP6T','rdg_50EC4N80J2E8RXFP','place','gn:173480',NULL,'','asserts','2031-05-03',13,20,'Mayadin');
INSERT INTO "claim" VALUES('clm_G5YF7ZNSGX3XRG9G','men_JZ55V9YT2HRRRP6T','rdg_50EC4N80J2E8RXFP','weapon','shell',NULL,'','asserts','2031-05-03',28,36,'shelling');
INSERT INTO "claim" VALUES('clm_7TGXFVW3KQX221RP','men_JZ55V9YT2HRRRP6T','rdg_50EC4N80J2E8RXFP','date','2031-05-01',NULL,'provincial health office','asserts','2031-05-03',117,125,'Thursday');
INSERT INTO "claim" VALUES('clm_6XMJQ0H8W7FYSTY1','men_JZ55V9YT2HRRRP6T','rdg_50EC4N80J2E8RXFP','place','gn:173480',NULL,'provincial health office','asserts','2031-05-03',87,94,'Mayadin');
INSERT INTO "claim" VALUES('clm_RZ5TEFEQPKN21KVH','men_JZ55V9YT2HRRRP6T','rdg_50EC4N80J2E8RXFP','weapon','shell',NULL,'provincial health office','asserts','2031-05-03',61,69,'Shelling');
INSERT INTO "claim" VALUES('clm_P3PJHSYMYDYJT0MV','men_JZ55V9YT2HRRRP6T','rdg_50EC4N80J2E8RXFP','target','market',NULL,'provincial health office','asserts','2031-05-03',77,83,'market');
INSERT INTO "claim" VALUES('clm_7TV0TVY8ZSWMHM0E','men_JZ55V9YT2HRRRP6T','rdg_50EC4N80J2E8RXFP','responsibility','Ridge Brigade',NULL,'Ridge Brigade','denies','2031-05-03',180,186,'denied');
INSERT INTO "claim" VALUES('clm_WVHX1192EAK0XDFN','men_JZ55V9YT2HRRRP6T','rdg_50EC4N80J2E8RXFP','actor','Ridge Brigade',NULL,'Ridge Brigade','denies','2031-05-03',162,179,'The Ridge Brigade');
INSERT INTO "claim" VALUES('clm_3EYF5VD1WGB9T9QT','men_JZ55V9YT2HRRRP6T','rdg_50EC4N80J2E8RXFP','killed','9','all','','asserts','2031-05-03',0,4,'Nine');
INSERT INTO "claim" VALUES('clm_HCDAY83DMFVQVW7V','men_JZ55V9YT2HRRRP6T','rdg_50EC4N80J2E8RXFP','killed','9','all','provincial health office','asserts','2031-05-03',102,113,'nine people');
INSERT INTO "claim" VALUES('clm_8PD2HR08FNSXXARW','men_T0XBK89ZST8T551H','rdg_9CPYH7X4S4W6YN9Q','place','gn:173576',NULL,'','asserts','2031-05-04',21,28,'Latakia');
INSERT INTO "claim" VALUES('clm_ZT6PJEJWN0QJ8AF3','men_T0XBK89ZST8T551H','rdg_9CPYH7X4S4W6YN9Q','weapon','bomb',NULL,'','asserts','2031-05-04',0,4,'Bomb');
INSERT INTO "claim" VALUES('clm_GP3WWC73XJ0BSPCT','men_T0XBK89ZST8T551H','rdg_9CPYH7X4S4W6YN9Q','date','2031-05-03',NULL,'police','asserts','2031-05-04',100,108,'Saturday');
INSERT INTO "claim" VALUES('clm_G1RVA3MHE0XCJPPJ','men_T0XBK89ZST8T551H','rdg_9CPYH7X4S4W6YN9Q','place','gn:173576',NULL,'police','asserts','2031-05-04',89,96,'Latakia');
INSERT INTO "claim" VALUES('clm_2S4WHMT2JK692WPK','men_T0XBK89ZST8T551H','rdg_9CPYH7X4S4W6YN9Q','weapon','bomb.car',NULL,'police','asserts','2031-05-04',56,64,'car bomb');
INSERT INTO "claim" VALUES('clm_WKRD59YVKZR6JAPZ','men_T0XBK89ZST8T551H','rdg_9CPYH7X4S4W6YN9Q','injured','3','all','','asserts','2031-05-04',12,17,'three');
INSERT INTO "claim" VALUES('clm_BMJ5C05XX094563Q','men_T0XBK89ZST8T551H','rdg_9CPYH7X4S4W6YN9Q','injured','3','all','police','asserts','2031-05-04',73,85,'three people');
INSERT INTO "claim" VALUES('clm_2ZFCXHJXDT2D2AWK','men_G4ZYG0ADEC1MDXZN','rdg_MZN8B0X0QPHZHHZH','place','gn:173480',NULL,'','asserts','2031-05-02',26,33,'Mayadin');
INSERT INTO "claim" VALUES('clm_YQMYFBRNYZ9SBZQ2','men_G4ZYG0ADEC1MDXZN','rdg_MZN8B0X0QPHZHHZH','weapon','shell',NULL,'','asserts','2031-05-02',0,8,'Shelling');
INSERT INTO "claim" VALUES('clm_WW343RAR4H1QERZN','men_G4ZYG0ADEC1MDXZN','rdg_MZN8B0X0QPHZHHZH','target','market',NULL,'','asserts','2031-05-02',16,22,'market');
INSERT INTO "claim" VALUES('clm_SKRGPD55G3VEFM9R','men_G4ZYG0ADEC1MDXZN','rdg_MZN8B0X0QPHZHHZH','date','2031-05-01',NULL,'Wadi clinic','asserts','2031-05-02',129,137,'Thursday');
INSERT INTO "claim" VALUES('clm_K7RXEY9V6NNF0XKZ','men_G4ZYG0ADEC1MDXZN','rdg_MZN8B0X0QPHZHHZH','place','gn:173480',NULL,'Wadi clinic','asserts','2031-05-02',118,125,'Mayadin');
INSERT INTO "claim" VALUES('clm_ZQYBD6JVHAKN9F0G','men_G4ZYG0ADEC1MDXZN','rdg_MZN8B0X0QPHZHHZH','weapon','shell',NULL,'Wadi clinic','asserts','2031-05-02',93,99,'shells');
INSERT INTO "claim" VALUES('clm_PPPN6GVFSKH8R3H9','men_G4ZYG0ADEC1MDXZN','rdg_MZN8B0X0QPHZHHZH','target','market',NULL,'Wadi clinic','asserts','2031-05-02',108,114,'market');
INSERT INTO "claim" VALUES('clm_GC71X3EMBYT3TMCP','men_G4ZYG0ADEC1MDXZN','rdg_MZN8B0X0QPHZHHZH','killed','12..','all','Wadi clinic','asserts','2031-05-02',57,75,'At least 12 people');
INSERT INTO "claim" VALUES('clm_700JCR9Q36C4Y627','men_G4ZYG0ADEC1MDXZN','rdg_MZN8B0X0QPHZHHZH','killed','7','children','Wadi clinic','asserts','2031-05-02',161,175,'Seven children');
INSERT INTO "claim" VALUES('clm_DK71T8E6J0A00ZTD','men_QVCS8Z8DM4RF6YR4','rdg_49QWQM4CSTX37WX4','place','gn:173480',NULL,'','asserts','2031-05-02',26,33,'Mayadin');
INSERT INTO "claim" VALUES('clm_QCMRG1HBGXM57JZJ','men_QVCS8Z8DM4RF6YR4','rdg_49QWQM4CSTX37WX4','weapon','shell',NULL,'','asserts','2031-05-02',0,8,'Shelling');
INSERT INTO "claim" VALUES('clm_NJBTGGQCJBJYGVZN','men_QVCS8Z8DM4RF6YR4','rdg_49QWQM4CSTX37WX4','target','market',NULL,'','asserts','2031-05-02',16,22,'market');
INSERT INTO "claim" VALUES('clm_BK3D3YE0KQ04TW49','men_QVCS8Z8DM4RF6YR4','rdg_49QWQM4CSTX37WX4','date','2031-05-01',NULL,'Wadi clinic','asserts','2031-05-02',131,139,'Thursday');
INSERT INTO "claim" VALUES('clm_16EZ433XT143HA5C','men_QVCS8Z8DM4RF6YR4','rdg_49QWQM4CSTX37WX4','place','gn:173480',NULL,'Wadi clinic','asserts','2031-05-02',120,127,'Mayadin');
INSERT INTO "claim" VALUES('clm_KPPYHFXFSPPAYDJR','men_QVCS8Z8DM4RF6YR4','rdg_49QWQM4CSTX37WX4','weapon','shell',NULL,'Wadi clinic','asserts','2031-05-02',95,101,'shells');
INSERT INTO "claim" VALUES('clm_BZEKSWM5MSYQ5GMX','men_QVCS8Z8DM4RF6YR4','rdg_49QWQM4CSTX37WX4','target','market',NULL,'Wadi clinic','asserts','2031-05-02',110,116,'market');
INSERT INTO "claim" VALUES('clm_AKEZ1VD7VCSB7149','men_QVCS8Z8DM4RF6YR4','rdg_49QWQM4CSTX37WX4','killed','12..','all','Wadi clinic','asserts','2031-05-02',59,77,'At least 12 people');
INSERT INTO "claim" VALUES('clm_8MNY3V6GBS40F5KA','men_QVCS8Z8DM4RF6YR4','rdg_49QWQM4CSTX37WX4','killed','7','children','Wadi clinic','asserts','2031-05-02',163,177,'Seven children');
CREATE TABLE claim_found (
	reading_id TEXT NOT NULL, 
	claim_id TEXT NOT NULL, 
	PRIMARY KEY (reading_id, claim_id), 
	FOREIGN KEY(reading_id) REFERENCES reading (id), 
	FOREIGN KEY(claim_id) REFERENCES claim (id)
);
INSERT INTO "claim_found" VALUES('rdg_50EC4N80J2E8RXFP','clm_EB3T0NPDAN056SGH');
INSERT INTO "claim_found" VALUES('rdg_50EC4N80J2E8RXFP','clm_G5YF7ZNSGX3XRG9G');
INSERT INTO "claim_found" VALUES('rdg_50EC4N80J2E8RXFP','clm_7TGXFVW3KQX221RP');
INSERT INTO "claim_found" VALUES('rdg_50EC4N80J2E8RXFP','clm_6XMJQ0H8W7FYSTY1');
INSERT INTO "claim_found" VALUES('rdg_50EC4N80J2E8RXFP','clm_RZ5TEFEQPKN21KVH');
INSERT INTO "claim_found" VALUES('rdg_50EC4N80J2E8RXFP','clm_P3PJHSYMYDYJT0MV');
INSERT INTO "claim_found" VALUES('rdg_50EC4N80J2E8RXFP','clm_7TV0TVY8ZSWMHM0E');
INSERT INTO "claim_found" VALUES('rdg_50EC4N80J2E8RXFP','clm_WVHX1192EAK0XDFN');
INSERT INTO "claim_found" VALUES('rdg_50EC4N80J2E8RXFP','clm_3EYF5VD1WGB9T9QT');
INSERT INTO "claim_found" VALUES('rdg_50EC4N80J2E8RXFP','clm_HCDAY83DMFVQVW7V');
INSERT INTO "claim_found" VALUES('rdg_9CPYH7X4S4W6YN9Q','clm_8PD2HR08FNSXXARW');
INSERT INTO "claim_found" VALUES('rdg_9CPYH7X4S4W6YN9Q','clm_ZT6PJEJWN0QJ8AF3');
INSERT INTO "claim_found" VALUES('rdg_9CPYH7X4S4W6YN9Q','clm_GP3WWC73XJ0BSPCT');
INSERT INTO "claim_found" VALUES('rdg_9CPYH7X4S4W6YN9Q','clm_G1RVA3MHE0XCJPPJ');
INSERT INTO "claim_found" VALUES('rdg_9CPYH7X4S4W6YN9Q','clm_2S4WHMT2JK692WPK');
INSERT INTO "claim_found" VALUES('rdg_9CPYH7X4S4W6YN9Q','clm_WKRD59YVKZR6JAPZ');
INSERT INTO "claim_found" VALUES('rdg_9CPYH7X4S4W6YN9Q','clm_BMJ5C05XX094563Q');
INSERT INTO "claim_found" VALUES('rdg_MZN8B0X0QPHZHHZH','clm_2ZFCXHJXDT2D2AWK');
INSERT INTO "claim_found" VALUES('rdg_MZN8B0X0QPHZHHZH','clm_YQMYFBRNYZ9SBZQ2');
INSERT INTO "claim_found" VALUES('rdg_MZN8B0X0QPHZHHZH','clm_WW343RAR4H1QERZN');
INSERT INTO "claim_found" VALUES('rdg_MZN8B0X0QPHZHHZH','clm_SKRGPD55G3VEFM9R');
INSERT INTO "claim_found" VALUES('rdg_MZN8B0X0QPHZHHZH','clm_K7RXEY9V6NNF0XKZ');
INSERT INTO "claim_found" VALUES('rdg_MZN8B0X0QPHZHHZH','clm_ZQYBD6JVHAKN9F0G');
INSERT INTO "claim_found" VALUES('rdg_MZN8B0X0QPHZHHZH','clm_PPPN6GVFSKH8R3H9');
INSERT INTO "claim_found" VALUES('rdg_MZN8B0X0QPHZHHZH','clm_GC71X3EMBYT3TMCP');
INSERT INTO "claim_found" VALUES('rdg_MZN8B0X0QPHZHHZH','clm_700JCR9Q36C4Y627');
INSERT INTO "claim_found" VALUES('rdg_49QWQM4CSTX37WX4','clm_DK71T8E6J0A00ZTD');
INSERT INTO "claim_found" VALUES('rdg_49QWQM4CSTX37WX4','clm_QCMRG1HBGXM57JZJ');
INSERT INTO "claim_found" VALUES('rdg_49QWQM4CSTX37WX4','clm_NJBTGGQCJBJYGVZN');
INSERT INTO "claim_found" VALUES('rdg_49QWQM4CSTX37WX4','clm_BK3D3YE0KQ04TW49');
INSERT INTO "claim_found" VALUES('rdg_49QWQM4CSTX37WX4','clm_16EZ433XT143HA5C');
INSERT INTO "claim_found" VALUES('rdg_49QWQM4CSTX37WX4','clm_KPPYHFXFSPPAYDJR');
INSERT INTO "claim_found" VALUES('rdg_49QWQM4CSTX37WX4','clm_BZEKSWM5MSYQ5GMX');
INSERT INTO "claim_found" VALUES('rdg_49QWQM4CSTX37WX4','clm_AKEZ1VD7VCSB7149');
INSERT INTO "claim_found" VALUES('rdg_49QWQM4CSTX37WX4','clm_8MNY3V6GBS40F5KA');
CREATE TABLE copy (
	article_id TEXT NOT NULL, 
	original_id TEXT NOT NULL, 
	share DOUBLE NOT NULL, 
	how TEXT NOT NULL, 
	PRIMARY KEY (article_id), 
	FOREIGN KEY(article_id) REFERENCES article (id), 
	FOREIGN KEY(original_id) REFERENCES article (id)
);
INSERT INTO "copy" VALUES('art_RA0V40RSNTJ6SDKG','art_ADMGJX1D8ZCB50PD',0.875,'shingles');
CREATE TABLE counted (
	id TEXT NOT NULL, 
	mention_id TEXT NOT NULL, 
	stated TEXT NOT NULL, 
	what TEXT NOT NULL, 
	since TEXT NOT NULL, 
	until TEXT NOT NULL, 
	places TEXT NOT NULL, 
	span_start BIGINT NOT NULL, 
	span_end BIGINT NOT NULL, 
	quote TEXT NOT NULL, 
	events TEXT NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(mention_id) REFERENCES mention (id)
);
CREATE TABLE event (
	id TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	title TEXT NOT NULL, 
	version BIGINT NOT NULL, 
	digest TEXT NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(id) REFERENCES register (event_id)
);
INSERT INTO "event" VALUES('evt_6W9YFN6P07ET9J45','bombing','Bombing with car bombs in Latakia, 3 May 2031',2,'3047e00530509dd2d5707c4c3f92e07803139b5bc24da0a2b08f1804e98c791c');
INSERT INTO "event" VALUES('evt_XM1WRS2JHC4QXRXE','strike','Strike with shell in Al Mayādīn, 1 May 2031',3,'3bba9b52974e69f3a3755f1c97ce9827785dad98abddc3c98c14ea72f86bd03b');
CREATE TABLE event_mention (
	event_id TEXT NOT NULL, 
	mention_id TEXT NOT NULL, 
	PRIMARY KEY (event_id, mention_id), 
	CONSTRAINT event_mention_once UNIQUE (mention_id), 
	FOREIGN KEY(event_id) REFERENCES event (id), 
	FOREIGN KEY(mention_id) REFERENCES mention (id)
);
INSERT INTO "event_mention" VALUES('evt_6W9YFN6P07ET9J45','men_T0XBK89ZST8T551H');
INSERT INTO "event_mention" VALUES('evt_XM1WRS2JHC4QXRXE','men_G4ZYG0ADEC1MDXZN');
INSERT INTO "event_mention" VALUES('evt_XM1WRS2JHC4QXRXE','men_JZ55V9YT2HRRRP6T');
INSERT INTO "event_mention" VALUES('evt_XM1WRS2JHC4QXRXE','men_QVCS8Z8DM4RF6YR4');
CREATE TABLE event_version (
	event_id TEXT NOT NULL, 
	version BIGINT NOT NULL, 
	at TEXT NOT NULL, 
	content TEXT NOT NULL, 
	PRIMARY KEY (event_id, version), 
	FOREIGN KEY(event_id) REFERENCES register (event_id)
);
INSERT INTO "event_version" VALUES('evt_6W9YFN6P07ET9J45',1,'2031-05-05T10:00:00+00:00','{"id":"evt_6W9YFN6P07ET9J45","kind":"bombing","mentions":["men_T0XBK89ZST8T551H"],"relations":[{"left_id":"clm_ZT6PJEJWN0QJ8AF3","name":"refines","note":"bomb (the outlet''s own words) and car bomb (police): car bomb is more precise","prop":"weapon","right_id":"clm_2S4WHMT2JK692WPK"}],"title":"Bombing with car bombs in Latakia, 3 May 2031","values":[{"against":"[]","basis":"said by police alone","copies":0,"lineages":1,"prop":"date","scope":null,"sources":"[\"police\"]","status":"single","support":"[\"clm_GP3WWC73XJ0BSPCT\"]","value":"2031-05-03"},{"against":"[]","basis":"said by police alone","copies":0,"lineages":1,"prop":"place","scope":null,"sources":"[\"police\"]","status":"single","support":"[\"clm_8PD2HR08FNSXXARW\",\"clm_G1RVA3MHE0XCJPPJ\"]","value":"gn:173576"},{"against":"[]","basis":"said by police alone; 1 more claim fits","copies":0,"lineages":1,"prop":"weapon","scope":null,"sources":"[\"\",\"police\"]","status":"agreed","support":"[\"clm_ZT6PJEJWN0QJ8AF3\",\"clm_2S4WHMT2JK692WPK\"]","value":"bomb.car"},{"against":"[]","basis":"said by police alone","copies":0,"lineages":1,"prop":"injured","scope":"all","sources":"[\"police\"]","status":"single","support":"[\"clm_WKRD59YVKZR6JAPZ\",\"clm_BMJ5C05XX094563Q\"]","value":"3"}]}');
INSERT INTO "event_version" VALUES('evt_XM1WRS2JHC4QXRXE',1,'2031-05-05T10:00:00+00:00','{"id":"evt_XM1WRS2JHC4QXRXE","kind":"strike","mentions":["men_G4ZYG0ADEC1MDXZN","men_JZ55V9YT2HRRRP6T","men_QVCS8Z8DM4RF6YR4"],"relations":[{"left_id":"clm_8MNY3V6GBS40F5KA","name":"other scope","note":"7 children among 9","prop":"killed","right_id":"clm_3EYF5VD1WGB9T9QT"},{"left_id":"clm_AKEZ1VD7VCSB7149","name":"contradicts","note":"at least 12 (Wadi clinic) and 9 (provincial health office): two lineages","prop":"killed","right_id":"clm_3EYF5VD1WGB9T9QT"},{"left_id":"clm_BK3D3YE0KQ04TW49","name":"agrees","note":"1 May 2031, Wadi clinic and provincial health office","prop":"date","right_id":"clm_7TGXFVW3KQX221RP"},{"left_id":"clm_AKEZ1VD7VCSB7149","name":"other scope","note":"7 children among at least 12","prop":"killed","right_id":"clm_8MNY3V6GBS40F5KA"},{"left_id":"clm_DK71T8E6J0A00ZTD","name":"agrees","note":"Al Mayādīn, Wadi clinic and provincial health office","prop":"place","right_id":"clm_EB3T0NPDAN056SGH"},{"left_id":"clm_QCMRG1HBGXM57JZJ","name":"agrees","note":"shell, Wadi clinic and provincial health office","prop":"weapon","right_id":"clm_G5YF7ZNSGX3XRG9G"},{"left_id":"clm_NJBTGGQCJBJYGVZN","name":"agrees","note":"market, Wadi clinic and provincial health office","prop":"target","right_id":"clm_P3PJHSYMYDYJT0MV"}],"title":"Strike with shell in Al Mayādīn, 1 May 2031","values":[{"against":"[]","basis":"2 lineages, 2 voices","copies":1,"lineages":2,"prop":"date","scope":null,"sources":"[\"Wadi clinic\",\"provincial health office\"]","status":"agreed","support":"[\"clm_BK3D3YE0KQ04TW49\",\"clm_SKRGPD55G3VEFM9R\",\"clm_7TGXFVW3KQX221RP\"]","value":"2031-05-01"},{"against":"[]","basis":"2 lineages, 2 voices","copies":1,"lineages":2,"prop":"place","scope":null,"sources":"[\"Wadi clinic\",\"provincial health office\"]","status":"agreed","support":"[\"clm_DK71T8E6J0A00ZTD\",\"clm_16EZ433XT143HA5C\",\"clm_2ZFCXHJXDT2D2AWK\",\"clm_K7RXEY9V6NNF0XKZ\",\"clm_EB3T0NPDAN056SGH\",\"clm_6XMJQ0H8W7FYSTY1\"]","value":"gn:173480"},{"against":"[\"clm_WVHX1192EAK0XDFN\"]","basis":"denied, and asserted by no one","copies":0,"lineages":0,"prop":"actor","scope":null,"sources":"[]","status":"contested","support":"[]","value":"Ridge Brigade"},{"against":"[]","basis":"2 lineages, 2 voices","copies":1,"lineages":2,"prop":"target","scope":null,"sources":"[\"Wadi clinic\",\"provincial health office\"]","status":"agreed","support":"[\"clm_NJBTGGQCJBJYGVZN\",\"clm_BZEKSWM5MSYQ5GMX\",\"clm_WW343RAR4H1QERZN\",\"clm_PPPN6GVFSKH8R3H9\",\"clm_P3PJHSYMYDYJT0MV\"]","value":"market"},{"against":"[]","basis":"2 lineages, 2 voices","copies":1,"lineages":2,"prop":"weapon","scope":null,"sources":"[\"Wadi clinic\",\"provincial health office\"]","status":"agreed","support":"[\"clm_QCMRG1HBGXM57JZJ\",\"clm_KPPYHFXFSPPAYDJR\",\"clm_YQMYFBRNYZ9SBZQ2\",\"clm_ZQYBD6JVHAKN9F0G\",\"clm_G5YF7ZNSGX3XRG9G\",\"clm_RZ5TEFEQPKN21KVH\"]","value":"shell"},{"against":"[\"clm_AKEZ1VD7VCSB7149\",\"clm_GC71X3EMBYT3TMCP\"]","basis":"said by provincial health office alone; of equal support the latest","copies":0,"lineages":1,"prop":"killed","scope":"all","sources":"[\"provincial health office\"]","status":"contested","support":"[\"clm_3EYF5VD1WGB9T9QT\",\"clm_HCDAY83DMFVQVW7V\"]","value":"9"},{"against":"[]","basis":"said by Wadi clinic alone","copies":1,"lineages":1,"prop":"killed","scope":"children","sources":"[\"Wadi clinic\"]","status":"single","support":"[\"clm_8MNY3V6GBS40F5KA\",\"clm_700JCR9Q36C4Y627\"]","value":"7"},{"against":"[\"clm_7TV0TVY8ZSWMHM0E\"]","basis":"denied, and asserted by no one","copies":0,"lineages":0,"prop":"responsibility","scope":null,"sources":"[]","status":"contested","support":"[]","value":"Ridge Brigade"}]}');
INSERT INTO "event_version" VALUES('evt_XM1WRS2JHC4QXRXE',2,'2031-05-06T08:00:01+00:00','{"id":"evt_XM1WRS2JHC4QXRXE","kind":"strike","mentions":["men_G4ZYG0ADEC1MDXZN","men_JZ55V9YT2HRRRP6T","men_QVCS8Z8DM4RF6YR4","men_T0XBK89ZST8T551H"],"relations":[{"left_id":"clm_ZT6PJEJWN0QJ8AF3","name":"refines","note":"bomb (the outlet''s own words) and car bomb (police): car bomb is more precise","prop":"weapon","right_id":"clm_2S4WHMT2JK692WPK"},{"left_id":"clm_8MNY3V6GBS40F5KA","name":"other scope","note":"7 children among 9","prop":"killed","right_id":"clm_3EYF5VD1WGB9T9QT"},{"left_id":"clm_AKEZ1VD7VCSB7149","name":"contradicts","note":"at least 12 (Wadi clinic) and 9 (provincial health office): two lineages","prop":"killed","right_id":"clm_3EYF5VD1WGB9T9QT"},{"left_id":"clm_BK3D3YE0KQ04TW49","name":"agrees","note":"1 May 2031, Wadi clinic and provincial health office","prop":"date","right_id":"clm_7TGXFVW3KQX221RP"},{"left_id":"clm_7TGXFVW3KQX221RP","name":"contradicts","note":"1 May 2031 (provincial health office) and 3 May 2031 (police): two lineages","prop":"date","right_id":"clm_GP3WWC73XJ0BSPCT"},{"left_id":"clm_AKEZ1VD7VCSB7149","name":"other scope","note":"7 children among at least 12","prop":"killed","right_id":"clm_8MNY3V6GBS40F5KA"},{"left_id":"clm_BK3D3YE0KQ04TW49","name":"contradicts","note":"1 May 2031 (Wadi clinic) and 3 May 2031 (police): two lineages","prop":"date","right_id":"clm_GP3WWC73XJ0BSPCT"},{"left_id":"clm_DK71T8E6J0A00ZTD","name":"agrees","note":"Al Mayādīn, Wadi clinic and provincial health office","prop":"place","right_id":"clm_EB3T0NPDAN056SGH"},{"left_id":"clm_QCMRG1HBGXM57JZJ","name":"agrees","note":"shell, Wadi clinic and provincial health office","prop":"weapon","right_id":"clm_G5YF7ZNSGX3XRG9G"},{"left_id":"clm_NJBTGGQCJBJYGVZN","name":"agrees","note":"market, Wadi clinic and provincial health office","prop":"target","right_id":"clm_P3PJHSYMYDYJT0MV"}],"title":"Strike with car bombs in Al Mayādīn, 1 May 2031","values":[{"against":"[\"clm_GP3WWC73XJ0BSPCT\"]","basis":"2 lineages, 2 voices; the most precise value that most voices agree with","copies":1,"lineages":2,"prop":"date","scope":null,"sources":"[\"Wadi clinic\",\"provincial health office\"]","status":"contested","support":"[\"clm_BK3D3YE0KQ04TW49\",\"clm_SKRGPD55G3VEFM9R\",\"clm_7TGXFVW3KQX221RP\"]","value":"2031-05-01"},{"against":"[]","basis":"2 lineages, 2 voices","copies":1,"lineages":2,"prop":"place","scope":null,"sources":"[\"Wadi clinic\",\"provincial health office\"]","status":"agreed","support":"[\"clm_DK71T8E6J0A00ZTD\",\"clm_16EZ433XT143HA5C\",\"clm_2ZFCXHJXDT2D2AWK\",\"clm_K7RXEY9V6NNF0XKZ\",\"clm_EB3T0NPDAN056SGH\",\"clm_6XMJQ0H8W7FYSTY1\"]","value":"gn:173480"},{"against":"[]","basis":"said by police alone","copies":0,"lineages":1,"prop":"place","scope":null,"sources":"[\"police\"]","status":"single","support":"[\"clm_8PD2HR08FNSXXARW\",\"clm_G1RVA3MHE0XCJPPJ\"]","value":"gn:173576"},{"against":"[\"clm_WVHX1192EAK0XDFN\"]","basis":"denied, and asserted by no one","copies":0,"lineages":0,"prop":"actor","scope":null,"sources":"[]","status":"contested","support":"[]","value":"Ridge Brigade"},{"against":"[]","basis":"2 lineages, 2 voices","copies":1,"lineages":2,"prop":"target","scope":null,"sources":"[\"Wadi clinic\",\"provincial health office\"]","status":"agreed","support":"[\"clm_NJBTGGQCJBJYGVZN\",\"clm_BZEKSWM5MSYQ5GMX\",\"clm_WW343RAR4H1QERZN\",\"clm_PPPN6GVFSKH8R3H9\",\"clm_P3PJHSYMYDYJT0MV\"]","value":"market"},{"against":"[\"clm_QCMRG1HBGXM57JZJ\",\"clm_KPPYHFXFSPPAYDJR\",\"clm_YQMYFBRNYZ9SBZQ2\",\"clm_ZQYBD6JVHAKN9F0G\",\"clm_G5YF7ZNSGX3XRG9G\",\"clm_RZ5TEFEQPKN21KVH\"]","basis":"said by police alone; 1 more claim fits; the most precise value that most voices agree with","copies":0,"lineages":1,"prop":"weapon","scope":null,"sources":"[\"\",\"police\"]","status":"contested","support":"[\"clm_ZT6PJEJWN0QJ8AF3\",\"clm_2S4WHMT2JK692WPK\"]","value":"bomb.car"},{"against":"[\"clm_AKEZ1VD7VCSB7149\",\"clm_GC71X3EMBYT3TMCP\"]","basis":"said by provincial health office alone; of equal support the latest","copies":0,"lineages":1,"prop":"killed","scope":"all","sources":"[\"provincial health office\"]","status":"contested","support":"[\"clm_3EYF5VD1WGB9T9QT\",\"clm_HCDAY83DMFVQVW7V\"]","value":"9"},{"against":"[]","basis":"said by Wadi clinic alone","copies":1,"lineages":1,"prop":"killed","scope":"children","sources":"[\"Wadi clinic\"]","status":"single","support":"[\"clm_8MNY3V6GBS40F5KA\",\"clm_700JCR9Q36C4Y627\"]","value":"7"},{"against":"[\"clm_WKRD59YVKZR6JAPZ\",\"clm_BMJ5C05XX094563Q\"]","basis":"told as hurt at first, as dead later","copies":0,"lineages":0,"prop":"injured","scope":"all","sources":"[]","status":"contested","support":"[]","value":"0"},{"against":"[\"clm_7TV0TVY8ZSWMHM0E\"]","basis":"denied, and asserted by no one","copies":0,"lineages":0,"prop":"responsibility","scope":null,"sources":"[]","status":"contested","support":"[]","value":"Ridge Brigade"}]}');
INSERT INTO "event_version" VALUES('evt_6W9YFN6P07ET9J45',2,'2031-05-06T09:30:00+00:00','{"id":"evt_6W9YFN6P07ET9J45","kind":"bombing","mentions":["men_T0XBK89ZST8T551H"],"relations":[{"left_id":"clm_ZT6PJEJWN0QJ8AF3","name":"refines","note":"bomb (the outlet''s own words) and car bomb (police): car bomb is more precise","prop":"weapon","right_id":"clm_2S4WHMT2JK692WPK"}],"title":"Bombing with car bombs in Latakia, 3 May 2031","values":[{"against":"[]","basis":"said by police alone","copies":0,"lineages":1,"prop":"date","scope":null,"sources":"[\"police\"]","status":"single","support":"[\"clm_GP3WWC73XJ0BSPCT\"]","value":"2031-05-03"},{"against":"[]","basis":"said by police alone","copies":0,"lineages":1,"prop":"place","scope":null,"sources":"[\"police\"]","status":"single","support":"[\"clm_8PD2HR08FNSXXARW\",\"clm_G1RVA3MHE0XCJPPJ\"]","value":"gn:173576"},{"against":"[]","basis":"said by police alone; 1 more claim fits","copies":0,"lineages":1,"prop":"weapon","scope":null,"sources":"[\"\",\"police\"]","status":"agreed","support":"[\"clm_ZT6PJEJWN0QJ8AF3\",\"clm_2S4WHMT2JK692WPK\"]","value":"bomb.car"},{"against":"[]","basis":"said by police alone","copies":0,"lineages":1,"prop":"injured","scope":"all","sources":"[\"police\"]","status":"single","support":"[\"clm_WKRD59YVKZR6JAPZ\",\"clm_BMJ5C05XX094563Q\"]","value":"3"}]}');
INSERT INTO "event_version" VALUES('evt_XM1WRS2JHC4QXRXE',3,'2031-05-06T09:30:00+00:00','{"id":"evt_XM1WRS2JHC4QXRXE","kind":"strike","mentions":["men_G4ZYG0ADEC1MDXZN","men_JZ55V9YT2HRRRP6T","men_QVCS8Z8DM4RF6YR4"],"relations":[{"left_id":"clm_8MNY3V6GBS40F5KA","name":"other scope","note":"7 children among at least 11","prop":"killed","right_id":"clm_3EYF5VD1WGB9T9QT"},{"left_id":"clm_AKEZ1VD7VCSB7149","name":"refines","note":"at least 12 (Wadi clinic) and at least 11 (the outlet''s own words): at least 12 is more precise","prop":"killed","right_id":"clm_3EYF5VD1WGB9T9QT"},{"left_id":"clm_BK3D3YE0KQ04TW49","name":"agrees","note":"1 May 2031, Wadi clinic and provincial health office","prop":"date","right_id":"clm_7TGXFVW3KQX221RP"},{"left_id":"clm_AKEZ1VD7VCSB7149","name":"other scope","note":"7 children among at least 12","prop":"killed","right_id":"clm_8MNY3V6GBS40F5KA"},{"left_id":"clm_8MNY3V6GBS40F5KA","name":"other scope","note":"7 children among 9","prop":"killed","right_id":"clm_HCDAY83DMFVQVW7V"},{"left_id":"clm_AKEZ1VD7VCSB7149","name":"contradicts","note":"at least 12 (Wadi clinic) and 9 (provincial health office): two lineages","prop":"killed","right_id":"clm_HCDAY83DMFVQVW7V"},{"left_id":"clm_DK71T8E6J0A00ZTD","name":"agrees","note":"Al Mayādīn, Wadi clinic and provincial health office","prop":"place","right_id":"clm_EB3T0NPDAN056SGH"},{"left_id":"clm_QCMRG1HBGXM57JZJ","name":"agrees","note":"shell, Wadi clinic and provincial health office","prop":"weapon","right_id":"clm_G5YF7ZNSGX3XRG9G"},{"left_id":"clm_NJBTGGQCJBJYGVZN","name":"agrees","note":"market, Wadi clinic and provincial health office","prop":"target","right_id":"clm_P3PJHSYMYDYJT0MV"}],"title":"Strike with shell in Al Mayādīn, 1 May 2031","values":[{"against":"[]","basis":"2 lineages, 2 voices","copies":1,"lineages":2,"prop":"date","scope":null,"sources":"[\"Wadi clinic\",\"provincial health office\"]","status":"agreed","support":"[\"clm_BK3D3YE0KQ04TW49\",\"clm_SKRGPD55G3VEFM9R\",\"clm_7TGXFVW3KQX221RP\"]","value":"2031-05-01"},{"against":"[]","basis":"2 lineages, 2 voices","copies":1,"lineages":2,"prop":"place","scope":null,"sources":"[\"Wadi clinic\",\"provincial health office\"]","status":"agreed","support":"[\"clm_DK71T8E6J0A00ZTD\",\"clm_16EZ433XT143HA5C\",\"clm_2ZFCXHJXDT2D2AWK\",\"clm_K7RXEY9V6NNF0XKZ\",\"clm_EB3T0NPDAN056SGH\",\"clm_6XMJQ0H8W7FYSTY1\"]","value":"gn:173480"},{"against":"[\"clm_WVHX1192EAK0XDFN\"]","basis":"denied, and asserted by no one","copies":0,"lineages":0,"prop":"actor","scope":null,"sources":"[]","status":"contested","support":"[]","value":"Ridge Brigade"},{"against":"[]","basis":"2 lineages, 2 voices","copies":1,"lineages":2,"prop":"target","scope":null,"sources":"[\"Wadi clinic\",\"provincial health office\"]","status":"agreed","support":"[\"clm_NJBTGGQCJBJYGVZN\",\"clm_BZEKSWM5MSYQ5GMX\",\"clm_WW343RAR4H1QERZN\",\"clm_PPPN6GVFSKH8R3H9\",\"clm_P3PJHSYMYDYJT0MV\"]","value":"market"},{"against":"[]","basis":"2 lineages, 2 voices","copies":1,"lineages":2,"prop":"weapon","scope":null,"sources":"[\"Wadi clinic\",\"provincial health office\"]","status":"agreed","support":"[\"clm_QCMRG1HBGXM57JZJ\",\"clm_KPPYHFXFSPPAYDJR\",\"clm_YQMYFBRNYZ9SBZQ2\",\"clm_ZQYBD6JVHAKN9F0G\",\"clm_G5YF7ZNSGX3XRG9G\",\"clm_RZ5TEFEQPKN21KVH\"]","value":"shell"},{"against":"[\"clm_HCDAY83DMFVQVW7V\"]","basis":"said by the outlet''s own words alone; 2 more claims fit; most independent voices","copies":1,"lineages":2,"prop":"killed","scope":"all","sources":"[\"\",\"Wadi clinic\"]","status":"contested","support":"[\"clm_AKEZ1VD7VCSB7149\",\"clm_GC71X3EMBYT3TMCP\",\"clm_3EYF5VD1WGB9T9QT\"]","value":"11.."},{"against":"[]","basis":"said by Wadi clinic alone","copies":1,"lineages":1,"prop":"killed","scope":"children","sources":"[\"Wadi clinic\"]","status":"single","support":"[\"clm_8MNY3V6GBS40F5KA\",\"clm_700JCR9Q36C4Y627\"]","value":"7"},{"against":"[\"clm_7TV0TVY8ZSWMHM0E\"]","basis":"denied, and asserted by no one","copies":0,"lineages":0,"prop":"responsibility","scope":null,"sources":"[]","status":"contested","support":"[]","value":"Ridge Brigade"}]}');
CREATE TABLE held_back (
	reading_id TEXT NOT NULL, 
	position BIGINT NOT NULL, 
	article_id TEXT NOT NULL, 
	prop TEXT NOT NULL, 
	value TEXT NOT NULL, 
	quote TEXT NOT NULL, 
	why TEXT NOT NULL, 
	PRIMARY KEY (reading_id, position), 
	FOREIGN KEY(reading_id) REFERENCES reading (id), 
	FOREIGN KEY(article_id) REFERENCES article (id)
);
CREATE TABLE input_seen (
	path TEXT NOT NULL, 
	size BIGINT NOT NULL, 
	mtime_ns BIGINT NOT NULL, 
	sha256 TEXT NOT NULL, 
	article_ids TEXT NOT NULL, 
	PRIMARY KEY (path)
);
INSERT INTO "input_seen" VALUES('/home/ada/in/dove-daily.txt',206,1795685759073518202,'','["art_05GAKTBYZY6XE3V3"]');
INSERT INTO "input_seen" VALUES('/home/ada/in/ridge-times.txt',123,1795685759074812884,'','["art_W9CQPY6NF5DAZ52F"]');
INSERT INTO "input_seen" VALUES('/home/ada/in/tarn-post.txt',193,1795685759072435697,'','["art_RA0V40RSNTJ6SDKG"]');
INSERT INTO "input_seen" VALUES('/home/ada/in/wadi-herald.txt',195,1795685759075825565,'','["art_ADMGJX1D8ZCB50PD"]');
CREATE TABLE judgement (
	number BIGINT NOT NULL, 
	left_id TEXT NOT NULL, 
	right_id TEXT NOT NULL, 
	verdict TEXT NOT NULL, 
	author TEXT NOT NULL, 
	score DOUBLE, 
	why TEXT NOT NULL, 
	at TEXT NOT NULL, 
	retracted TEXT, 
	PRIMARY KEY (number), 
	CONSTRAINT judgement_in_order CHECK (left_id < right_id), 
	FOREIGN KEY(left_id) REFERENCES mention (id), 
	FOREIGN KEY(right_id) REFERENCES mention (id)
);
INSERT INTO "judgement" VALUES(1,'men_G4ZYG0ADEC1MDXZN','men_T0XBK89ZST8T551H','same','ada',NULL,'one attack, told twice','2031-05-06T08:00:00+00:00','2031-05-06T09:00:00+00:00');
CREATE TABLE log (
	number BIGINT NOT NULL, 
	at TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	author TEXT NOT NULL, 
	note TEXT NOT NULL, 
	previous TEXT NOT NULL, 
	hash TEXT NOT NULL, 
	PRIMARY KEY (number)
);
INSERT INTO "log" VALUES(1,'2031-05-05T10:00:00+00:00','run.started','run 1','variorum 0.1.0','run','0000000000000000000000000000000000000000000000000000000000000000','cf97b322a8fb85062f89b57253d824b3f03ecad1e4f38e4d451bcb1336ab1f3e');
INSERT INTO "log" VALUES(2,'2031-05-05T10:00:00+00:00','run.finished','run 1','','','cf97b322a8fb85062f89b57253d824b3f03ecad1e4f38e4d451bcb1336ab1f3e','04f66b400e42072ee560b1b94fa0a67e1d346d2899575060bfa2497e5466da26');
INSERT INTO "log" VALUES(3,'2031-05-06T08:00:00+00:00','judgement','men_G4ZYG0ADEC1MDXZN','ada','D1 same men_T0XBK89ZST8T551H: one attack, told twice','04f66b400e42072ee560b1b94fa0a67e1d346d2899575060bfa2497e5466da26','c77a60b56b6169e2c2729688cd0e7d7850954dfd3f7e91eaf1addd2c9cf3677c');
INSERT INTO "log" VALUES(4,'2031-05-06T08:00:01+00:00','event.retired','evt_6W9YFN6P07ET9J45','','evt_XM1WRS2JHC4QXRXE: merged','c77a60b56b6169e2c2729688cd0e7d7850954dfd3f7e91eaf1addd2c9cf3677c','fc79dd93cf1c16b1691377e668ef47edb0704b18d95ff3f2ee523e72fba9b87b');
INSERT INTO "log" VALUES(5,'2031-05-06T08:00:01+00:00','run.started','run 2','variorum 0.1.0','judge','fc79dd93cf1c16b1691377e668ef47edb0704b18d95ff3f2ee523e72fba9b87b','f96d21cc3a89500380b713df930d20599080103dbc89160094b90ea4f1fce25d');
INSERT INTO "log" VALUES(6,'2031-05-06T08:00:01+00:00','run.finished','run 2','','','f96d21cc3a89500380b713df930d20599080103dbc89160094b90ea4f1fce25d','e78a8bb03144c084d87c63d090f4153e7daa853246e1e0b86a728db86c510236');
INSERT INTO "log" VALUES(7,'2031-05-06T09:00:00+00:00','retracted','men_G4ZYG0ADEC1MDXZN','ben','D1 same: two towns','e78a8bb03144c084d87c63d090f4153e7daa853246e1e0b86a728db86c510236','e2dc7dbce3448275f5617b825479d7d1fccee029b418488a5e823a89c6e43732');
INSERT INTO "log" VALUES(8,'2031-05-06T09:10:00+00:00','ruling','clm_3EYF5VD1WGB9T9QT','ada','D2 correct 11..: the clinic corrected it','e2dc7dbce3448275f5617b825479d7d1fccee029b418488a5e823a89c6e43732','123283a8bb51df890ea44f8f15c2d2905b70d28a8ce9ef0f1d45a80db838f66a');
INSERT INTO "log" VALUES(9,'2031-05-06T09:20:00+00:00','ruling','clm_8MNY3V6GBS40F5KA','ben','D3 accept: read twice','123283a8bb51df890ea44f8f15c2d2905b70d28a8ce9ef0f1d45a80db838f66a','ef387e8e209c0f1f28c30cf3cdc5bc55baf8cec3b03350c38916026e92011119');
INSERT INTO "log" VALUES(10,'2031-05-06T09:30:00+00:00','run.started','run 3','variorum 0.1.0','judge','ef387e8e209c0f1f28c30cf3cdc5bc55baf8cec3b03350c38916026e92011119','eb015fc4adb799aa316bd0b6e9cf71c9421f99b2236e62dd5b20b7b202b1ea75');
INSERT INTO "log" VALUES(11,'2031-05-06T09:30:00+00:00','run.finished','run 3','','','eb015fc4adb799aa316bd0b6e9cf71c9421f99b2236e62dd5b20b7b202b1ea75','277fa7c058d8a8dcfd8da0904ff5ef9f877f509fe5d0c09fd8897a33bd8db6a6');
CREATE TABLE mention (
	id TEXT NOT NULL, 
	article_id TEXT NOT NULL, 
	reading_id TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	span_start BIGINT NOT NULL, 
	span_end BIGINT NOT NULL, 
	quote TEXT NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(article_id) REFERENCES article (id), 
	FOREIGN KEY(reading_id) REFERENCES reading (id)
);
INSERT INTO "mention" VALUES('men_JZ55V9YT2HRRRP6T','art_05GAKTBYZY6XE3V3','rdg_50EC4N80J2E8RXFP','strike',0,36,'Nine dead in Mayadin market shelling');
INSERT INTO "mention" VALUES('men_T0XBK89ZST8T551H','art_W9CQPY6NF5DAZ52F','rdg_9CPYH7X4S4W6YN9Q','bombing',0,28,'Bomb wounds three in Latakia');
INSERT INTO "mention" VALUES('men_G4ZYG0ADEC1MDXZN','art_RA0V40RSNTJ6SDKG','rdg_MZN8B0X0QPHZHHZH','strike',0,33,'Shelling hits a market in Mayadin');
INSERT INTO "mention" VALUES('men_QVCS8Z8DM4RF6YR4','art_ADMGJX1D8ZCB50PD','rdg_49QWQM4CSTX37WX4','strike',0,33,'Shelling hits a market in Mayadin');
CREATE TABLE mention_found (
	reading_id TEXT NOT NULL, 
	mention_id TEXT NOT NULL, 
	PRIMARY KEY (reading_id, mention_id), 
	FOREIGN KEY(reading_id) REFERENCES reading (id), 
	FOREIGN KEY(mention_id) REFERENCES mention (id)
);
INSERT INTO "mention_found" VALUES('rdg_50EC4N80J2E8RXFP','men_JZ55V9YT2HRRRP6T');
INSERT INTO "mention_found" VALUES('rdg_9CPYH7X4S4W6YN9Q','men_T0XBK89ZST8T551H');
INSERT INTO "mention_found" VALUES('rdg_MZN8B0X0QPHZHHZH','men_G4ZYG0ADEC1MDXZN');
INSERT INTO "mention_found" VALUES('rdg_49QWQM4CSTX37WX4','men_QVCS8Z8DM4RF6YR4');
CREATE TABLE meta (
	"key" TEXT NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY ("key")
);
INSERT INTO "meta" VALUES('version','2');
CREATE TABLE problem (
	number BIGINT NOT NULL, 
	location TEXT NOT NULL, 
	code TEXT NOT NULL, 
	cause TEXT NOT NULL, 
	remedy TEXT NOT NULL, 
	at TEXT NOT NULL, 
	PRIMARY KEY (number), 
	CONSTRAINT problem_once UNIQUE (location, code, cause)
);
CREATE TABLE reading (
	id TEXT NOT NULL, 
	article_id TEXT NOT NULL, 
	extractor TEXT NOT NULL, 
	version TEXT NOT NULL, 
	superseded BOOLEAN NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(article_id) REFERENCES article (id)
);
INSERT INTO "reading" VALUES('rdg_50EC4N80J2E8RXFP','art_05GAKTBYZY6XE3V3','rules+tagger','4',0);
INSERT INTO "reading" VALUES('rdg_9CPYH7X4S4W6YN9Q','art_W9CQPY6NF5DAZ52F','rules+tagger','4',0);
INSERT INTO "reading" VALUES('rdg_MZN8B0X0QPHZHHZH','art_RA0V40RSNTJ6SDKG','rules+tagger','4',0);
INSERT INTO "reading" VALUES('rdg_49QWQM4CSTX37WX4','art_ADMGJX1D8ZCB50PD','rules+tagger','4',0);
CREATE TABLE redirect (
	old_id TEXT NOT NULL, 
	new_id TEXT NOT NULL, 
	at TEXT NOT NULL, 
	why TEXT NOT NULL, 
	PRIMARY KEY (old_id)
);
CREATE TABLE register (
	event_id TEXT NOT NULL, 
	founder TEXT NOT NULL, 
	named_at TEXT NOT NULL, 
	PRIMARY KEY (event_id), 
	FOREIGN KEY(founder) REFERENCES mention (id)
);
INSERT INTO "register" VALUES('evt_6W9YFN6P07ET9J45','men_T0XBK89ZST8T551H','2031-05-05T10:00:00+00:00');
INSERT INTO "register" VALUES('evt_XM1WRS2JHC4QXRXE','men_QVCS8Z8DM4RF6YR4','2031-05-05T10:00:00+00:00');
CREATE TABLE related (
	left_id TEXT NOT NULL, 
	right_id TEXT NOT NULL, 
	name TEXT NOT NULL, 
	why TEXT NOT NULL, 
	article_id TEXT NOT NULL, 
	span_start BIGINT NOT NULL, 
	span_end BIGINT NOT NULL, 
	quote TEXT NOT NULL, 
	articles TEXT NOT NULL, 
	PRIMARY KEY (left_id, right_id, name), 
	FOREIGN KEY(left_id) REFERENCES register (event_id), 
	FOREIGN KEY(right_id) REFERENCES register (event_id), 
	FOREIGN KEY(article_id) REFERENCES article (id)
);
CREATE TABLE relation (
	event_id TEXT NOT NULL, 
	position BIGINT NOT NULL, 
	name TEXT NOT NULL, 
	prop TEXT NOT NULL, 
	left_id TEXT NOT NULL, 
	right_id TEXT, 
	note TEXT NOT NULL, 
	PRIMARY KEY (event_id, position), 
	FOREIGN KEY(event_id) REFERENCES event (id), 
	FOREIGN KEY(left_id) REFERENCES claim (id), 
	FOREIGN KEY(right_id) REFERENCES claim (id)
);
INSERT INTO "relation" VALUES('evt_6W9YFN6P07ET9J45',0,'refines','weapon','clm_ZT6PJEJWN0QJ8AF3','clm_2S4WHMT2JK692WPK','bomb (the outlet''s own words) and car bomb (police): car bomb is more precise');
INSERT INTO "relation" VALUES('evt_XM1WRS2JHC4QXRXE',0,'other scope','killed','clm_8MNY3V6GBS40F5KA','clm_3EYF5VD1WGB9T9QT','7 children among at least 11');
INSERT INTO "relation" VALUES('evt_XM1WRS2JHC4QXRXE',1,'refines','killed','clm_AKEZ1VD7VCSB7149','clm_3EYF5VD1WGB9T9QT','at least 12 (Wadi clinic) and at least 11 (the outlet''s own words): at least 12 is more precise');
INSERT INTO "relation" VALUES('evt_XM1WRS2JHC4QXRXE',2,'agrees','date','clm_BK3D3YE0KQ04TW49','clm_7TGXFVW3KQX221RP','1 May 2031, Wadi clinic and provincial health office');
INSERT INTO "relation" VALUES('evt_XM1WRS2JHC4QXRXE',3,'other scope','killed','clm_AKEZ1VD7VCSB7149','clm_8MNY3V6GBS40F5KA','7 children among at least 12');
INSERT INTO "relation" VALUES('evt_XM1WRS2JHC4QXRXE',4,'other scope','killed','clm_8MNY3V6GBS40F5KA','clm_HCDAY83DMFVQVW7V','7 children among 9');
INSERT INTO "relation" VALUES('evt_XM1WRS2JHC4QXRXE',5,'contradicts','killed','clm_AKEZ1VD7VCSB7149','clm_HCDAY83DMFVQVW7V','at least 12 (Wadi clinic) and 9 (provincial health office): two lineages');
INSERT INTO "relation" VALUES('evt_XM1WRS2JHC4QXRXE',6,'agrees','place','clm_DK71T8E6J0A00ZTD','clm_EB3T0NPDAN056SGH','Al Mayādīn, Wadi clinic and provincial health office');
INSERT INTO "relation" VALUES('evt_XM1WRS2JHC4QXRXE',7,'agrees','weapon','clm_QCMRG1HBGXM57JZJ','clm_G5YF7ZNSGX3XRG9G','shell, Wadi clinic and provincial health office');
INSERT INTO "relation" VALUES('evt_XM1WRS2JHC4QXRXE',8,'agrees','target','clm_NJBTGGQCJBJYGVZN','clm_P3PJHSYMYDYJT0MV','market, Wadi clinic and provincial health office');
CREATE TABLE ruling (
	number BIGINT NOT NULL, 
	claim_id TEXT NOT NULL, 
	verdict TEXT NOT NULL, 
	value TEXT, 
	author TEXT NOT NULL, 
	note TEXT NOT NULL, 
	at TEXT NOT NULL, 
	retracted TEXT, 
	PRIMARY KEY (number), 
	FOREIGN KEY(claim_id) REFERENCES claim (id)
);
INSERT INTO "ruling" VALUES(2,'clm_3EYF5VD1WGB9T9QT','correct','11..','ada','the clinic corrected it','2031-05-06T09:10:00+00:00',NULL);
INSERT INTO "ruling" VALUES(3,'clm_8MNY3V6GBS40F5KA','accept',NULL,'ben','read twice','2031-05-06T09:20:00+00:00',NULL);
CREATE TABLE run (
	number BIGINT NOT NULL, 
	command TEXT NOT NULL, 
	program TEXT NOT NULL, 
	started_at TEXT NOT NULL, 
	finished_at TEXT, 
	figures TEXT NOT NULL, 
	PRIMARY KEY (number)
);
INSERT INTO "run" VALUES(1,'run','variorum 0.1.0','2031-05-05T10:00:00+00:00','2031-05-05T10:00:00+00:00','{"articles":4,"claims":35,"events":2,"extractors":["rules+tagger 4"],"files":4,"in other languages":0,"new articles":4,"problems":0,"resolver":"resolve/2","standing":{"articles":4,"claims":35,"copies":1,"events":2,"foreign":{},"held_back":0,"lineages":3,"mentions":4,"relations":{"agrees":4,"contradicts":1,"other scope":2,"refines":1},"review":{"contradictions":1},"silent":0,"telling":"evt_XM1WRS2JHC4QXRXE"},"state":"467a08c1e160cec360b1000c6feadf18dc67b160f333b8fb92719b320bfa76c2"}');
INSERT INTO "run" VALUES(2,'judge','variorum 0.1.0','2031-05-06T08:00:01+00:00','2031-05-06T08:00:01+00:00','{"articles":4,"claims":35,"events":1,"extractors":["rules+tagger 4"],"files":0,"in other languages":0,"new articles":0,"problems":0,"resolver":"resolve/2","standing":{"articles":4,"claims":35,"copies":1,"events":1,"foreign":{},"held_back":0,"lineages":3,"mentions":4,"relations":{"agrees":4,"contradicts":3,"other scope":2,"refines":1},"review":{"contradictions":3},"silent":0,"telling":"evt_XM1WRS2JHC4QXRXE"},"state":"772a56661368aebb42e2018e21ccc418abfedb7ed00da81af44674e363a55648"}');
INSERT INTO "run" VALUES(3,'judge','variorum 0.1.0','2031-05-06T09:30:00+00:00','2031-05-06T09:30:00+00:00','{"articles":4,"claims":35,"events":2,"extractors":["rules+tagger 4"],"files":0,"in other languages":0,"new articles":0,"problems":0,"resolver":"resolve/2","standing":{"articles":4,"claims":35,"copies":1,"events":2,"foreign":{},"held_back":0,"lineages":3,"mentions":4,"relations":{"agrees":4,"contradicts":1,"other scope":3,"refines":2},"review":{"contradictions":1},"silent":0,"telling":"evt_XM1WRS2JHC4QXRXE"},"state":"e71441df0739c93df15e3731b2902a6c44e225c8416068c61ff814fd28fe18b2"}');
CREATE TABLE settled (
	event_id TEXT NOT NULL, 
	position BIGINT NOT NULL, 
	prop TEXT NOT NULL, 
	scope TEXT, 
	value TEXT NOT NULL, 
	status TEXT NOT NULL, 
	support TEXT NOT NULL, 
	against TEXT NOT NULL, 
	lineages BIGINT NOT NULL, 
	sources TEXT NOT NULL, 
	copies BIGINT NOT NULL, 
	basis TEXT NOT NULL, 
	PRIMARY KEY (event_id, position), 
	FOREIGN KEY(event_id) REFERENCES event (id)
);
INSERT INTO "settled" VALUES('evt_6W9YFN6P07ET9J45',0,'date',NULL,'2031-05-03','single','["clm_GP3WWC73XJ0BSPCT"]','[]',1,'["police"]',0,'said by police alone');
INSERT INTO "settled" VALUES('evt_6W9YFN6P07ET9J45',1,'place',NULL,'gn:173576','single','["clm_8PD2HR08FNSXXARW","clm_G1RVA3MHE0XCJPPJ"]','[]',1,'["police"]',0,'said by police alone');
INSERT INTO "settled" VALUES('evt_6W9YFN6P07ET9J45',2,'weapon',NULL,'bomb.car','agreed','["clm_ZT6PJEJWN0QJ8AF3","clm_2S4WHMT2JK692WPK"]','[]',1,'["","police"]',0,'said by police alone; 1 more claim fits');
INSERT INTO "settled" VALUES('evt_6W9YFN6P07ET9J45',3,'injured','all','3','single','["clm_WKRD59YVKZR6JAPZ","clm_BMJ5C05XX094563Q"]','[]',1,'["police"]',0,'said by police alone');
INSERT INTO "settled" VALUES('evt_XM1WRS2JHC4QXRXE',0,'date',NULL,'2031-05-01','agreed','["clm_BK3D3YE0KQ04TW49","clm_SKRGPD55G3VEFM9R","clm_7TGXFVW3KQX221RP"]','[]',2,'["Wadi clinic","provincial health office"]',1,'2 lineages, 2 voices');
INSERT INTO "settled" VALUES('evt_XM1WRS2JHC4QXRXE',1,'place',NULL,'gn:173480','agreed','["clm_DK71T8E6J0A00ZTD","clm_16EZ433XT143HA5C","clm_2ZFCXHJXDT2D2AWK","clm_K7RXEY9V6NNF0XKZ","clm_EB3T0NPDAN056SGH","clm_6XMJQ0H8W7FYSTY1"]','[]',2,'["Wadi clinic","provincial health office"]',1,'2 lineages, 2 voices');
INSERT INTO "settled" VALUES('evt_XM1WRS2JHC4QXRXE',2,'actor',NULL,'Ridge Brigade','contested','[]','["clm_WVHX1192EAK0XDFN"]',0,'[]',0,'denied, and asserted by no one');
INSERT INTO "settled" VALUES('evt_XM1WRS2JHC4QXRXE',3,'target',NULL,'market','agreed','["clm_NJBTGGQCJBJYGVZN","clm_BZEKSWM5MSYQ5GMX","clm_WW343RAR4H1QERZN","clm_PPPN6GVFSKH8R3H9","clm_P3PJHSYMYDYJT0MV"]','[]',2,'["Wadi clinic","provincial health office"]',1,'2 lineages, 2 voices');
INSERT INTO "settled" VALUES('evt_XM1WRS2JHC4QXRXE',4,'weapon',NULL,'shell','agreed','["clm_QCMRG1HBGXM57JZJ","clm_KPPYHFXFSPPAYDJR","clm_YQMYFBRNYZ9SBZQ2","clm_ZQYBD6JVHAKN9F0G","clm_G5YF7ZNSGX3XRG9G","clm_RZ5TEFEQPKN21KVH"]','[]',2,'["Wadi clinic","provincial health office"]',1,'2 lineages, 2 voices');
INSERT INTO "settled" VALUES('evt_XM1WRS2JHC4QXRXE',5,'killed','all','11..','contested','["clm_AKEZ1VD7VCSB7149","clm_GC71X3EMBYT3TMCP","clm_3EYF5VD1WGB9T9QT"]','["clm_HCDAY83DMFVQVW7V"]',2,'["","Wadi clinic"]',1,'said by the outlet''s own words alone; 2 more claims fit; most independent voices');
INSERT INTO "settled" VALUES('evt_XM1WRS2JHC4QXRXE',6,'killed','children','7','single','["clm_8MNY3V6GBS40F5KA","clm_700JCR9Q36C4Y627"]','[]',1,'["Wadi clinic"]',1,'said by Wadi clinic alone');
INSERT INTO "settled" VALUES('evt_XM1WRS2JHC4QXRXE',7,'responsibility',NULL,'Ridge Brigade','contested','[]','["clm_7TV0TVY8ZSWMHM0E"]',0,'[]',0,'denied, and asserted by no one');
CREATE TABLE story_article (
	article_id TEXT NOT NULL, 
	story_id TEXT NOT NULL, 
	PRIMARY KEY (article_id), 
	FOREIGN KEY(article_id) REFERENCES article (id)
);
INSERT INTO "story_article" VALUES('art_05GAKTBYZY6XE3V3','sto_0807YJ0JP0JV0EFX');
INSERT INTO "story_article" VALUES('art_ADMGJX1D8ZCB50PD','sto_0807YJ0JP0JV0EFX');
INSERT INTO "story_article" VALUES('art_RA0V40RSNTJ6SDKG','sto_0807YJ0JP0JV0EFX');
INSERT INTO "story_article" VALUES('art_W9CQPY6NF5DAZ52F','sto_0807YJ0JP0JV0EFX');
CREATE INDEX reading_article ON reading (article_id);
CREATE INDEX mention_article ON mention (article_id);
CREATE INDEX claim_mention ON claim (mention_id);
CREATE UNIQUE INDEX judgement_one_live ON judgement (left_id, right_id, author) WHERE retracted IS NULL;
CREATE INDEX mention_found_by ON mention_found (mention_id);
CREATE INDEX claim_found_by ON claim_found (claim_id);
CREATE INDEX ruling_claim ON ruling (claim_id);
CREATE VIEW v_events AS 
        SELECT e.id AS event, e.kind, e.title, e.version,
               (SELECT MIN(s.value) FROM settled s WHERE s.event_id = e.id AND s.prop = 'date') AS date,
               (SELECT MIN(s.value) FROM settled s WHERE s.event_id = e.id AND s.prop = 'place') AS place,
               (SELECT COUNT(DISTINCT m.article_id) FROM event_mention em JOIN mention m ON m.id = em.mention_id
                 WHERE em.event_id = e.id) AS reports,
               (SELECT COUNT(DISTINCT COALESCE(c.original_id, m.article_id)) FROM event_mention em
                  JOIN mention m ON m.id = em.mention_id LEFT JOIN copy c ON c.article_id = m.article_id
                 WHERE em.event_id = e.id) AS lineages,
               (SELECT COUNT(*) FROM relation r WHERE r.event_id = e.id AND r.name = 'contradicts') AS contradictions
          FROM event e;
CREATE VIEW v_claims AS 
        SELECT c.id AS claim, em.event_id AS event, 'R' || CAST(a.number AS TEXT) AS report, a.outlet, m.kind, c.prop,
               c.scope, c.value, c.source, c.stance, c.as_of, c.span_start, c.span_end, c.quote, a.id AS article,
               m.id AS mention
          FROM claim c JOIN mention m ON m.id = c.mention_id JOIN article a ON a.id = m.article_id
          LEFT JOIN event_mention em ON em.mention_id = m.id
         WHERE EXISTS (SELECT 1 FROM claim_found f JOIN reading r ON r.id = f.reading_id
                        WHERE f.claim_id = c.id AND NOT r.superseded);
CREATE VIEW v_values AS 
        SELECT s.event_id AS event, e.kind, e.title, s.prop, s.scope, s.value, s.status, s.lineages, s.copies,
               s.sources, s.support, s.against, s.basis
          FROM settled s JOIN event e ON e.id = s.event_id;
CREATE VIEW v_reports AS 
        SELECT 'R' || CAST(a.number AS TEXT) AS report, a.id AS article, a.outlet, a.title, a.published, a.lang, a.url,
               (SELECT 'R' || CAST(o.number AS TEXT) FROM copy c JOIN article o ON o.id = c.original_id
                 WHERE c.article_id = a.id) AS copy_of,
               (SELECT COUNT(DISTINCT em.event_id) FROM mention m JOIN event_mention em ON em.mention_id = m.id
                 WHERE m.article_id = a.id) AS events,
               LENGTH(a.text) AS characters, a.sha256
          FROM article a;
CREATE VIEW v_lineages AS 
        SELECT 'R' || CAST(o.number AS TEXT) AS original, 'R' || CAST(a.number AS TEXT) AS report, a.outlet,
               a.published, c.share, c.how, o.id AS original_article, a.id AS article
          FROM article a LEFT JOIN copy c ON c.article_id = a.id
          JOIN article o ON o.id = COALESCE(c.original_id, a.id);
CREATE VIEW v_decisions AS 
        SELECT 'D' || CAST(j.number AS TEXT) AS decision, 'judgement' AS what, j.left_id AS subject,
               j.right_id AS other, j.verdict, NULL AS value, j.author, j.score, j.why, j.at, j.retracted
          FROM judgement j
        UNION ALL
        SELECT 'D' || CAST(r.number AS TEXT), 'ruling', r.claim_id, NULL, r.verdict, r.value, r.author, NULL, r.note,
               r.at, r.retracted
          FROM ruling r;
CREATE VIEW v_related AS 
        SELECT r.left_id AS event, e.title, r.name, r.right_id AS other, o.title AS other_title, r.why,
               'R' || CAST(a.number AS TEXT) AS report, r.quote
          FROM related r JOIN event e ON e.id = r.left_id JOIN event o ON o.id = r.right_id
          JOIN article a ON a.id = r.article_id;
CREATE VIEW v_counted AS 
        SELECT c.id AS counted, 'R' || CAST(a.number AS TEXT) AS report, c.quote, c.stated, c.what, c.since, c.until,
               c.places, c.events, m.kind, c.mention_id AS mention
          FROM counted c JOIN mention m ON m.id = c.mention_id JOIN article a ON a.id = m.article_id;
CREATE VIEW v_stories AS 
        SELECT s.story_id AS story, 'R' || CAST(a.number AS TEXT) AS report, a.outlet, a.title, a.published,
               a.id AS article
          FROM story_article s JOIN article a ON a.id = s.article_id;
COMMIT;
