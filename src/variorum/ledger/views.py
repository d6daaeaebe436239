"""The views of a ledger: what people ask with `variorum sql`. They hold nothing, and every migration makes them anew.

Invariant: a view's columns are words that a person can read, and every id in one is that of a row. What each means is
said in viewwords.py; a view that changes needs a layout version of its own, by which older ledgers get it.
"""

from __future__ import annotations

VIEWS = {
    "v_events": """
        SELECT e.id AS event, e.kind, e.title, e.version,
               (SELECT MIN(s.value) FROM settled s WHERE s.event_id = e.id AND s.prop = 'date') AS date,
               (SELECT MIN(s.value) FROM settled s WHERE s.event_id = e.id AND s.prop = 'place') AS place,
               p.name AS place_name, p.country, p.lat AS latitude, p.lon AS longitude, p.radius_km,
               (SELECT COUNT(DISTINCT m.article_id) FROM event_mention em JOIN mention m ON m.id = em.mention_id
                 WHERE em.event_id = e.id) AS reports,
               (SELECT COUNT(DISTINCT COALESCE(c.original_id, m.article_id)) FROM event_mention em
                  JOIN mention m ON m.id = em.mention_id LEFT JOIN copy c ON c.article_id = m.article_id
                 WHERE em.event_id = e.id) AS lineages,
               (SELECT COUNT(*) FROM relation r WHERE r.event_id = e.id AND r.name = 'contradicts') AS contradictions
          FROM event e LEFT JOIN event_place p ON p.event_id = e.id AND p.value =
               (SELECT MIN(s.value) FROM settled s WHERE s.event_id = e.id AND s.prop = 'place')""",
    "v_claims": """
        SELECT c.id AS claim, em.event_id AS event, 'R' || CAST(a.number AS TEXT) AS report, a.outlet, m.kind, c.prop,
               c.scope, c.value, c.source, c.stance, c.quote, c.as_of, c.span_start, c.span_end, a.id AS article,
               m.id AS mention
          FROM claim c JOIN mention m ON m.id = c.mention_id JOIN article a ON a.id = m.article_id
          LEFT JOIN event_mention em ON em.mention_id = m.id
         WHERE EXISTS (SELECT 1 FROM claim_found f JOIN reading r ON r.id = f.reading_id
                        WHERE f.claim_id = c.id AND NOT r.superseded)""",
    "v_values": """
        SELECT s.event_id AS event, e.kind, e.title, s.prop, s.scope, s.value, s.status, s.lineages, s.copies,
               s.sources, s.support, s.against, s.basis
          FROM settled s JOIN event e ON e.id = s.event_id""",
    "v_reports": """
        SELECT 'R' || CAST(a.number AS TEXT) AS report, a.id AS article, a.outlet, a.title, a.published, a.lang, a.url,
               (SELECT 'R' || CAST(o.number AS TEXT) FROM copy c JOIN article o ON o.id = c.original_id
                 WHERE c.article_id = a.id) AS copy_of,
               (SELECT COUNT(DISTINCT em.event_id) FROM mention m JOIN event_mention em ON em.mention_id = m.id
                 WHERE m.article_id = a.id) AS events,
               COALESCE(a.characters, LENGTH(a.text)) AS characters, a.sha256
          FROM article a""",
    "v_lineages": """
        SELECT 'R' || CAST(o.number AS TEXT) AS original, 'R' || CAST(a.number AS TEXT) AS report, a.outlet,
               a.published, c.share, c.how, o.id AS original_article, a.id AS article
          FROM article a LEFT JOIN copy c ON c.article_id = a.id
          JOIN article o ON o.id = COALESCE(c.original_id, a.id)""",
    "v_decisions": """
        SELECT 'D' || CAST(j.act AS TEXT) AS decision, 'judgement' AS what, j.left_id AS subject,
               j.right_id AS other, j.verdict, NULL AS field, NULL AS value, j.author, j.score, j.why, j.at,
               j.retracted, j.blind
          FROM judgement j
        UNION ALL
        SELECT 'D' || CAST(r.act AS TEXT), 'ruling', r.subject, r.other, r.verdict, r.field, r.value, r.author, NULL,
               r.note, r.at, r.retracted, r.blind
          FROM ruling r""",
    "v_related": """
        SELECT r.left_id AS event, e.title, r.name, r.right_id AS other, o.title AS other_title, r.why,
               'R' || CAST(a.number AS TEXT) AS report, r.quote
          FROM related r JOIN event e ON e.id = r.left_id JOIN event o ON o.id = r.right_id
          JOIN article a ON a.id = r.article_id""",
    "v_counted": """
        SELECT c.id AS counted, 'R' || CAST(a.number AS TEXT) AS report, c.quote, c.stated, c.what, c.since, c.until,
               c.places, c.events, m.kind, c.mention_id AS mention
          FROM counted c JOIN mention m ON m.id = c.mention_id JOIN article a ON a.id = m.article_id""",
    "v_stories": """
        SELECT s.story_id AS story, 'R' || CAST(a.number AS TEXT) AS report, a.outlet, a.title, a.published,
               a.id AS article
          FROM story_article s JOIN article a ON a.id = s.article_id""",
}
