// What Material leaves out for those who use a keyboard or a screen reader.
(() => {
  const headingOf = (element) => {
    for (let at = element; at; at = at.parentElement) {
      for (let before = at.previousElementSibling; before; before = before.previousElementSibling) {
        const heading = before.matches("h1, h2, h3, h4") ? before : null;
        if (heading) return (heading.firstChild?.textContent || heading.textContent).trim();
      }
    }
    return document.title;
  };

  // Two things under one heading get numbers, so that every label is one of a kind.
  const unique = (label, seen) => {
    const count = (seen.get(label) || 0) + 1;
    seen.set(label, count);
    return count > 1 ? `${label} (${count})` : label;
  };

  // What scrolls sideways can be reached and scrolled by keyboard; what does not is no extra stop.
  const labelScrolling = (selector, kind) => {
    const seen = new Map();
    for (const box of document.querySelectorAll(selector)) {
      if (box.scrollWidth > box.clientWidth) {
        if (box.tabIndex) box.tabIndex = 0;
        box.setAttribute("role", "region");
        box.setAttribute("aria-label", unique(`${kind}: ${headingOf(box)}`, seen));
      } else {
        for (const name of ["tabindex", "role", "aria-label"]) box.removeAttribute(name);
      }
    }
  };

  const labelButtons = () => {
    const seen = new Map();
    for (const button of document.querySelectorAll(".md-code__button")) {
      button.setAttribute("aria-label", unique(`${button.title}: ${headingOf(button)}`, seen));
      button.closest("nav")?.setAttribute("role", "none");
    }
  };

  // A section with a page of its own is labelled by an icon alone: say its name.
  const labelSections = () => {
    for (const title of document.querySelectorAll(".md-nav__container")) {
      const section = title.nextElementSibling;
      section?.setAttribute("aria-label", title.textContent.trim());
      section?.removeAttribute("aria-labelledby");
    }
  };

  const improve = () => {
    document.querySelector(".md-search")?.setAttribute("aria-label", "Search");
    labelScrolling(".md-typeset__scrollwrap", "Table");
    labelScrolling(".md-typeset pre > code", "Code");
    labelButtons();
    labelSections();
  };

  // A visit may scroll before the page has its height: see that it landed, until the reader moves.
  let arriving = false;
  const land = () => {
    const target = arriving && document.getElementById(location.hash.slice(1));
    if (!target) return;
    const header = document.querySelector(".md-header")?.getBoundingClientRect().bottom || 0;
    const { top } = target.getBoundingClientRect();
    if (top < header || top >= innerHeight) target.scrollIntoView();
  };
  for (const move of ["wheel", "touchstart", "pointerdown", "keydown"]) {
    addEventListener(move, () => { arriving = false; }, { passive: true });
  }
  new ResizeObserver(land).observe(document.body);
  window.document$?.subscribe(() => {
    arriving = true;
    setTimeout(land, 300);
    setTimeout(() => { arriving = false; }, 5000);
  });

  let waiting = 0;
  const soon = () => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(improve);
  };
  // Material wraps tables and adds buttons after the page is there, and on each instant visit; when
  // another tab is shown, it forgets that what scrolls can be reached.
  new MutationObserver(soon).observe(document.body, {
    attributeFilter: ["tabindex"], childList: true, subtree: true,
  });
  addEventListener("resize", soon);
  addEventListener("change", soon); // another tab is shown
  soon();
})();
