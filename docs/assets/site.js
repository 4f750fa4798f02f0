// What the theme leaves out for those without a mouse: wide tables can be reached and scrolled by
// key, and the search says what it is.
window.addEventListener("load", () => {
  for (const wide of document.querySelectorAll(".md-typeset__scrollwrap")) wide.tabIndex = 0;
  const field = document.querySelector(".md-search__input");
  document.querySelector(".md-search")?.setAttribute("aria-label", field?.placeholder ?? "");
});
