"use strict";
// Everything is on the page without this script; it sorts, filters, and opens what a link leads to.
(() => {
  const table = document.querySelector("table.units");
  const tools = document.querySelector(".tools");
  const find = (name) => tools.querySelector(name);

  const openAll = (open) => {
    document.querySelectorAll("details").forEach((each) => { each.open = open; });
  };

  const reveal = () => {
    const at = document.getElementById(location.hash.slice(1));
    for (let each = at; each; each = each.parentElement) {
      if (each.tagName === "DETAILS") each.open = true;
    }
    if (at) at.scrollIntoView();
  };

  const said = () => {
    const shown = [...table.tBodies].filter((body) => !body.hidden).length;
    const by = table.querySelector("th[aria-sort]");
    const order = by.getAttribute("aria-sort") === "ascending" ? "升序" : "降序";
    find(".status").textContent =
      `显示 ${table.tBodies.length} 个单位中的 ${shown} 个，按${by.textContent}${order}`;
  };

  const filter = () => {
    const name = find(".by-name").value.trim().toLowerCase();
    const category = find(".by-category").value;
    for (const body of table.tBodies) {
      const cells = body.rows[0].cells;
      const named = cells[2].textContent.toLowerCase().includes(name);
      body.hidden = !named || (category !== "" && cells[3].textContent !== category);
    }
    said();
  };

  const sort = (head, column) => {
    const kind = head.dataset.kind;
    const before = head.getAttribute("aria-sort");
    const down = before ? before === "ascending" : kind === "points";
    const key = (body) => body.rows[0].cells[column].textContent;
    const compare = kind === "text"
      ? (a, b) => key(a).localeCompare(key(b), "zh-CN")
      : (a, b) => Number(key(a)) - Number(key(b));
    const ranked = (a, b) => Number(a.rows[0].cells[0].textContent) - Number(b.rows[0].cells[0].textContent);
    const sorted = [...table.tBodies].sort((a, b) => (down ? -1 : 1) * compare(a, b) || ranked(a, b));
    table.append(...sorted);
    table.querySelectorAll("th[aria-sort]").forEach((each) => each.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    said();
  };

  if (tools) {
    tools.hidden = false;
    find(".open-all").addEventListener("click", () => openAll(true));
    find(".close-all").addEventListener("click", () => openAll(false));
  }
  if (table) {
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      button.addEventListener("click", () => sort(head, column));
      head.append(button);
    });
    find(".by-name").addEventListener("input", filter);
    find(".by-category").addEventListener("change", filter);
    filter();
  }
  addEventListener("hashchange", reveal);
  reveal();
})();
