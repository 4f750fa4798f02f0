"""The web map: one page that answers in the browser, with the JavaScript twin of the evaluator."""
