// The pages work without this script. With it, the first page changes in place: filters apply when they are set, links
// of map, timeline and table swap the content, and the map can be dragged.
"use strict";

// Airflow's frame lets a plain click open no other site; the styles then show how to.
document.documentElement.classList.toggle("framed", window.self !== window.top);

const main = document.getElementById("main");
let running = null;

function isFirstPage(url) {
  const here = document.querySelector(".brand").href;
  return url.origin === location.origin && url.pathname === new URL(here).pathname;
}

async function show(url, { push = true } = {}) {
  if (running) running.abort();
  const mine = (running = new AbortController());
  main.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(url, { signal: mine.signal, credentials: "same-origin" });
    if (!answer.ok && answer.status !== 422) throw new Error(answer.statusText);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("main");
    if (!fresh) throw new Error("no content");
    if (push) history.pushState(null, "", url);
    swap(page, fresh);
  } catch (error) {
    if (error.name !== "AbortError") location.assign(url);
  } finally {
    if (running === mine) main.removeAttribute("aria-busy");
  }
}

function swap(page, fresh) {
  const focused = main.contains(document.activeElement) ? document.activeElement.id : "";
  main.replaceChildren(...fresh.childNodes);
  document.title = page.title;
  document.querySelector(".language").replaceWith(page.querySelector(".language"));
  const again = focused && document.getElementById(focused);
  if (again) again.focus({ preventScroll: true });
  else if (focused) main.focus({ preventScroll: true });
}

function addressOf(form) {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value) query.append(name, value);
  const url = new URL(form.action);
  url.search = query.toString();
  return url;
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches(".filters")) return;
  event.preventDefault();
  show(addressOf(event.target));
});

document.addEventListener("change", (event) => {
  const form = event.target.closest(".filters");
  if (form && form.checkValidity()) show(addressOf(form));
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("main a");
  if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const href = link instanceof SVGAElement ? link.href.baseVal : link.getAttribute("href");
  if (!href || href.startsWith("#")) return;
  const url = new URL(href, location.href);
  if (!isFirstPage(url) || !document.querySelector(".filters")) return;
  event.preventDefault();
  show(url);
});

addEventListener("popstate", () => {
  if (document.querySelector(".filters") && isFirstPage(new URL(location.href))) show(location.href, { push: false });
});

// Dragging the map: the drawing follows the pointer; on release the page asks for the new box.
let drag = null;

document.addEventListener("pointerdown", (event) => {
  const map = event.target.closest("#map");
  if (map && event.button === 0 && event.pointerType !== "touch") drag = { map, x: event.clientX, y: event.clientY, moved: false };
});

document.addEventListener("pointermove", (event) => {
  if (!drag) return;
  const unit = drag.map.viewBox.baseVal.width / drag.map.getBoundingClientRect().width;
  drag.across = (event.clientX - drag.x) * unit;
  drag.down = (event.clientY - drag.y) * unit;
  if (Math.hypot(drag.across, drag.down) > 6) drag.moved = true;
  if (!drag.moved) return;
  drag.map.classList.add("dragged");
  drag.map.querySelector("#drawn").setAttribute("transform", `translate(${drag.across} ${drag.down})`);
});

document.addEventListener("pointerup", () => {
  const ended = drag;
  drag = null;
  if (!ended || !ended.moved) return;
  const stop = (event) => event.preventDefault();
  addEventListener("click", stop, { capture: true });
  setTimeout(() => removeEventListener("click", stop, { capture: true }));
  const url = new URL(location.href);
  url.searchParams.delete("page");
  url.searchParams.set("box", moved(ended.map, ended.across, ended.down));
  show(url);
});

document.addEventListener("dragstart", (event) => {
  if (event.target.closest && event.target.closest("#map")) event.preventDefault();
});

function moved(map, across, down) {
  const [west, south, east, north] = map.dataset.box.split(",").map(Number);
  const size = map.viewBox.baseVal;
  const northing = (lat) => Math.asinh(Math.tan((lat * Math.PI) / 180));
  const latitude = (y) => (Math.atan(Math.sinh(y)) * 180) / Math.PI;
  const lon = (-across / size.width) * (east - west);
  const up = (down / size.height) * (northing(north) - northing(south));
  const edges = [west + lon, latitude(northing(south) + up), east + lon, latitude(northing(north) + up)];
  return edges.map((edge) => edge.toFixed(4)).join(",");
}
