"""One module a page: reads the ledger and says what is on the page. No HTML and no HTTP."""
