"use strict";
// Search, filter and variant. Without it all of the page is there.
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const by = id => document.getElementById(id);
  const [form, search, variant, hits, none] = ["controls", "search", "variant", "hits", "none"].map(by);
  const words = { k: "kept", p: "pseudonymized", r: "reduced", d: "dropped" };

  document.documentElement.classList.add("js");
  form.hidden = false;

  // One entry for each property, with all that it can be found by.
  const connectors = all("section.connector").map(node => ({
    node,
    plain: all(":scope > .plain", node),
    other: node.querySelector(".other"),
    variants: node.dataset.variants.split(" "),
    switched: all("[data-v]", node).map(each => ({ each, variants: each.dataset.v.split(" ") })),
    answers: all(".answer", node).map(answer => ({
      node: answer,
      places: all("details.place", answer).map(place => {
        const around = `${answer.dataset.find} ${place.firstElementChild.textContent} ${place.querySelector(".also")?.textContent ?? ""}`.toLowerCase();
        return {
          node: place,
          rows: all("tbody > tr", place).map(row => {
            const reason = `${around} ${words[row.className]} ${row.lastElementChild.textContent}`.toLowerCase();
            return {
              node: row,
              treatment: row.className,
              properties: all("code", row).map(code => ({ node: code, name: code.firstChild.data.toLowerCase(), text: `${code.firstChild.data.toLowerCase()} ${reason}` })),
            };
          }),
        };
      }),
    })),
  }));

  const off = (node, value) => node.classList.toggle("off", value);
  const count = (number, one, many) => `${number.toLocaleString("en")} ${number === 1 ? one : many}`;

  let searching = false;
  function find() {
    const asked = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const shown = new Set(all("input[name=treatment]:checked", form).map(box => box.value));
    const filtering = asked.length > 0 || shown.size < 4;
    document.documentElement.classList.toggle("filtering", filtering);
    let [found, places] = [0, 0];
    for (const connector of connectors) {
      let inConnector = 0;
      for (const answer of connector.answers) {
        let inAnswer = 0;
        for (const place of answer.places) {
          let inPlace = 0;
          for (const row of place.rows) {
            const away = row.node.classList.contains("away") || !shown.has(row.treatment);
            let inRow = 0;
            for (const property of row.properties) {
              const hit = !away && asked.every(word => property.text.includes(word));
              off(property.node, !hit);
              property.node.classList.toggle("hit", hit && asked.some(word => property.name.includes(word)));
              if (hit) inRow++;
            }
            off(row.node, inRow === 0);
            inPlace += inRow;
          }
          off(place.node, inPlace === 0);
          // A search opens what it finds; after it all is as the reader had it.
          if (asked.length > 0) {
            if (!searching) place.wasOpen = place.node.open;
            place.node.open = inPlace > 0;
          } else if (searching) place.node.open = place.wasOpen;
          if (!place.node.closest(".away")) inAnswer += inPlace;
        }
        off(answer.node, filtering && inAnswer === 0);
        inConnector += inAnswer;
        if (inAnswer > 0) places++;
      }
      for (const plain of connector.plain) off(plain, filtering);
      off(connector.node, filtering && inConnector === 0);
      found += inConnector;
    }
    searching = asked.length > 0;
    off(by("summary"), filtering);
    none.hidden = found > 0;
    hits.textContent = filtering
      ? `${count(found, "property fits", "properties fit")}, in ${count(places, "kind of answer", "kinds of answers")}`
      : `${count(found, "property", "properties")} in ${count(places, "kind of answer", "kinds of answers")}`;
  }

  function choose() {
    for (const connector of connectors) {
      const has = connector.variants.includes(variant.value);
      const chosen = has ? variant.value : "0";
      connector.other.hidden = has;
      for (const { each, variants } of connector.switched) each.classList.toggle("away", !variants.includes(chosen));
    }
    by("main").dataset.variant = variant.selectedOptions[0].textContent;
    find();
  }

  let waiting;
  search.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(find, 80);
  });
  form.addEventListener("change", event => event.target === variant ? choose() : find());
  form.addEventListener("submit", event => event.preventDefault());
  document.addEventListener("keydown", event => {
    const typing = event.target.matches("input[type=search], select, textarea");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      search.focus();
      search.select();
    } else if (event.key === "Escape" && (search.value || event.target === search)) {
      search.value = "";
      find();
    }
  });

  // A table that one cannot scroll is no stop on the way of the keyboard.
  const wide = all(".wide");
  const measure = () => wide.map(each => [each, each.scrollWidth > each.clientWidth]).forEach(([each, scrolls]) => { each.tabIndex = scrolls ? 0 : -1; });
  window.addEventListener("resize", measure);

  // What is closed would not be printed; afterwards it is as it was.
  let closed = [];
  window.addEventListener("beforeprint", () => {
    closed = all("details:not([open])");
    for (const details of closed) details.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const details of closed) details.open = false;
    closed = [];
  });

  choose();
  measure();
})();
