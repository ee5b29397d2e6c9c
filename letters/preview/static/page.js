// What makes the page follow: no rules are held here, and no HTML is made. Whatever changes comes from the server as a part of the same page.
"use strict";

const policy = window.trustedTypes?.createPolicy("letters", { createHTML: (text) => text });
const main = document.getElementById("main");
// Nobody has read within this time what came onto the page by itself.
const READING = 1500; // milliseconds
const find = (id) => document.getElementById(id);
let isOver = false; // the program has ended
let isStale = false; // something was left as it is while somebody was at it
// Whether it is still our program that listens at this address: another user's could, once ours has ended.
let isSure = true;
const PATIENCE = 3000; // milliseconds

const parsed = (text) => new DOMParser().parseFromString(policy ? policy.createHTML(text) : text, "text/html");

/** A way back to where somebody is, should that be replaced. */
function wayTo(one) {
  if (!one || one === document.body) return () => null;
  if (one.id) return () => find(one.id);
  if (one.matches("summary")) return () => find(one.parentElement.id)?.querySelector("summary");
  const names = ["action", "go", "keep", "take"].filter((name) => one.dataset[name]);
  const part = one.closest("[id]")?.id;
  return () => names.map((name) => find(part)?.querySelector(`[data-${name}="${CSS.escape(one.dataset[name])}"]`)).find(Boolean);
}

/** Put what came into the place of what is there, part by part, and keep the focus where it was. */
function replaceParts(came) {
  const focused = document.activeElement, wayBack = wayTo(focused);
  const open = new Set([...document.querySelectorAll("details[open][id]")].map((one) => one.id));
  const typed = new Map([...document.querySelectorAll("#actions textarea, #actions input")].map((one) => [one.id, one.value]));
  for (const part of [...came.body.children]) {
    const old = find(part.id);
    // Nobody's choice is taken from under their hands.
    const isInUse = old?.contains(focused) && (part.id === "controls" || focused.matches("#actions textarea, #actions input"));
    // What somebody else wrote stays until it is chosen or left.
    const isOpen = old?.querySelector(".theirs") && !part.querySelector(".theirs") && !isSaved(came);
    isStale ||= isInUse && old.outerHTML !== part.outerHTML;
    if (old && !isInUse && !isOpen && old.outerHTML !== part.outerHTML) old.replaceWith(part);
  }
  for (const id of open) find(id)?.setAttribute("open", "");
  for (const [id, value] of typed) { const field = find(id); if (field) field.value = value; }
  if (focused && !focused.isConnected) (wayBack() ?? main).focus({ preventScroll: true });
}

const isSaved = (came) => /\b(saved|approved|sent-back|issued)\b/.test(came.getElementById("came")?.className ?? "");

function say(text, isGone = false, isThereAlready = false) {
  const status = find("status");
  if (!status) return;
  if (status.textContent !== text) status.textContent = text;
  status.classList.toggle("gone", isGone);
  // Nobody reads the same twice; a screen reader is told by it all the same.
  status.classList.toggle("unseen", isThereAlready);
}

/** Say that the page stays as it is, for now or for good, or that an action has not gone through. */
function stuck(trouble = main.dataset.trouble) {
  say((isOver ? main.dataset.gone : trouble) ?? "", isOver);
}

/** Wait until the news come from our own program: nobody else gets to see anything, or to put it here. */
async function sure() {
  for (const begun = performance.now(); !isSure; ) {
    if (isOver || performance.now() - begun > PATIENCE) throw new Error("not ours");
    await new Promise((resolve) => window.setTimeout(resolve, 20));
  }
}

/* ---------------------------------------------------------------- a letter */

function letterPage() {
  const form = find("letter"), here = form.action.replace(/\/save$/, "");
  const areas = [...document.querySelectorAll("textarea[data-section]")];
  const saved = new Map(areas.map((area) => [area, area.value]));
  let edited = 0, drawn = 0, isBusy = false, isActing = false, isWanted = false, isForeign = false, zoom = 1, slow = 0, lately = 0, known = "", changedAt = -Infinity;

  const isChanged = (area) => area.value.trim() !== saved.get(area).trim();
  const hasChanges = () => areas.some(isChanged);

  function fields(withAll) {
    const sent = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (!name.startsWith("words.")) sent.append(name, value);
    // Only what was typed is laid over what is kept, so that a change of the file shows.
    for (const area of areas) if (isChanged(area)) sent.append(area.name, area.value);
    if (!sent.has("large_print")) sent.append("large_print", "no");
    sent.append("scale", String(scale()));
    // Text that nobody reads need not be made.
    if (document.querySelector("details.text").open) sent.append("text", "yes");
    if (!withAll) for (const name of [...sent.keys()]) if (name === "remark" || name.startsWith("accept.")) sent.delete(name);
    return sent;
  }

  /** How many pixels of the screen a CSS pixel of a page takes. */
  function scale() {
    const sheet = document.querySelector(".sheet");
    const size = sheet?.clientWidth ? sheet.clientWidth / Number(sheet.getAttribute("width")) : 1;
    return Math.min(3, Math.max(0.5, size * window.devicePixelRatio)).toFixed(2);
  }

  function behind(is) {
    main.classList.toggle("is-behind", is);
    find("behind").textContent = is ? main.dataset.behind : "";
  }

  /** Whether other words of a section were saved since. */
  function isNew(came, area) {
    const kept = came.getElementById(`saved-${area.dataset.section}`);
    return kept && kept.value !== saved.get(area);
  }

  async function send(action, body) {
    await sure();
    const answer = await fetch(`${here}/${action}`, { method: "POST", body, credentials: "omit" });
    const text = await answer.text();
    if (!(answer.headers.get("content-type") || "").startsWith("text/html")) throw new Error("no page");
    return parsed(text);
  }

  /** Have the pictures there before they are shown, so that nothing flickers. */
  async function loaded(came) {
    const waits = [...came.querySelectorAll("img.sheet")].map((one) => { const image = new Image(); image.src = one.getAttribute("src"); return image.decode().catch(() => {}); });
    await Promise.all(waits);
  }

  /** Whether the page has a field for each part that may be written; opened while a file was broken, it has none. */
  function hasFields(came) {
    const parts = [...came.querySelectorAll("#kept textarea")].map((one) => one.id);
    return !came.getElementById("kept") || parts.join() === areas.map((area) => `saved-${area.dataset.section}`).join();
  }

  /** Put what came onto the page; `sent` are the fields it was asked for with. */
  function take(came, sent) {
    if (!hasFields(came) && !hasChanges()) { window.location.reload(); return; }
    const base = form.elements.namedItem("base").value;
    const isTyped = hasChanges(), isOvertaken = areas.some((area) => isChanged(area) && !sent.has(area.name) && isNew(came, area));
    replaceParts(came);
    const now = form.elements.namedItem("base");
    // Words that were begun in the meantime rest on what stood there then; and a choice between two texts was made for good.
    if (isTyped) now.value = isOvertaken ? base : String(Math.max(Number(base), Number(now.value)));
    for (const area of areas) {
      const kept = find(`saved-${area.dataset.section}`);
      if (!kept || kept.value === saved.get(area)) continue;
      const wasChanged = isChanged(area);
      saved.set(area, kept.value);
      if (!wasChanged) area.value = kept.value;
    }
    mark();
  }

  /** Nothing is typed into the words of one language while those of another are on their way. */
  function hold(is) { for (const area of areas) area.readOnly = is; }

  function mark() {
    for (const area of areas) area.lang = find("kept").dataset.language;
    for (const area of areas) find(`unsaved-${area.dataset.section}`).hidden = !isChanged(area);
  }

  async function draw(isOurs = true) {
    isForeign ||= !isOurs;
    if (isBusy) { isWanted = true; return; }
    const turn = edited, read = digest(), stood = ground(), isNews = isForeign;
    isBusy = true; isWanted = false; isForeign = false;
    slow = window.setTimeout(() => behind(true), 200);
    try {
      const sent = fields(false), came = await send("draw", sent);
      await loaded(came);
      if (!came.getElementById("came")?.textContent) came.getElementById("came")?.remove();
      take(came, sent);
      // What somebody types takes along whatever else has changed, before there is any news of it.
      if (digest() !== read && (ground() !== stood || (isNews && turn === edited))) notice();
      drawn = turn;
      main.dataset.drawn = String(drawn);
      if (turn === edited) hold(false);
      tell();
    } catch (error) {
      stuck();
    } finally {
      window.clearTimeout(slow);
      isBusy = false;
      if (isWanted) draw();
      else behind(false);
    }
  }

  const digest = () => form.elements.namedItem("digest")?.value + form.elements.namedItem("beside")?.value;
  const ground = () => find("kept").dataset.ground;

  /** The letter is not the one that was read any more: somebody else has changed it, or pages came after a click. */
  function notice(text = main.dataset.elsewhere) {
    changedAt = performance.now();
    const told = find("came");
    told.className = "came elsewhere";
    told.textContent = text;
    told.hidden = false;
    say(text, false, true);
  }

  const standing = () => `${find("state").querySelector(".chip").textContent}. ${find("findings").querySelector(".count-line")?.textContent ?? main.dataset.upToDate}`;

  /** Tell what changed to those who cannot see it, once the typing rests; what they know already is not said again. */
  function tell() {
    window.clearTimeout(lately);
    lately = window.setTimeout(() => { const now = standing(); if (now !== known) { known = now; say(now); } }, 900);
  }

  function edit() {
    edited += 1;
    main.dataset.edited = String(edited);
    if (!find("came").classList.contains("elsewhere")) find("came").hidden = true;
    known = "";
    mark();
    draw();
  }

  async function act(action, button) {
    // A second click is none; what is to be saved waits.
    if (isActing && action !== "save") return;
    while (isActing) await new Promise((resolve) => window.setTimeout(resolve, 20));
    const open = document.querySelector(".theirs");
    // One choice is not made by making another.
    if (open) { say(main.dataset.choose); open.querySelector("button").focus(); return; }
    isActing = true;
    try { await decide(action, button); } finally { isActing = false; }
  }

  async function decide(action, button) {
    const seen = digest();
    while (isBusy) await new Promise((resolve) => window.setTimeout(resolve, 20));
    if (action !== "save" && digest() !== seen) { notice(main.dataset.unread); return; }
    if (action !== "save" && performance.now() - changedAt < READING) { notice(find("came").textContent || undefined); return; }
    const turn = edited, read = digest();
    isBusy = true;
    window.clearTimeout(lately);
    button?.setAttribute("aria-busy", "true");
    behind(true);
    try {
      const sent = fields(true), came = await send(action, sent);
      await loaded(came);
      take(came, sent);
      drawn = turn; main.dataset.drawn = String(drawn);
      const told = find("came");
      // A second click came before anybody could read it.
      if (told.classList.contains("changed")) changedAt = performance.now();
      known = standing();
      say(told.textContent, false, true);
      // What others changed came in together with what was saved.
      if (action === "save" && digest() !== read) notice();
      const back = told.classList.contains("sent-back") && find("back");
      if (back) { find("remark").value = ""; back.open = false; back.querySelector("summary").focus({ preventScroll: true }); }
      if (told.getBoundingClientRect().top < 0) told.scrollIntoView({ block: "nearest" });
      if (!document.activeElement || document.activeElement === document.body) main.focus({ preventScroll: true });
    } catch (error) {
      stuck(main.dataset.undone);
    } finally {
      button?.removeAttribute("aria-busy");
      isBusy = false;
      behind(false);
      if (isWanted) draw();
    }
  }

  function go(id) {
    const field = find(id);
    field?.scrollIntoView({ block: "center" });
    field?.focus({ preventScroll: true });
  }

  function choose(button) {
    const area = areas.find((one) => one.dataset.section === (button.dataset.keep ?? button.dataset.take));
    if (button.dataset.take) area.value = find(`theirs-${area.dataset.section}`).value;
    const base = form.elements.namedItem("base"), newest = button.closest(".theirs").dataset.newest;
    button.closest(".theirs").remove();
    if (!document.querySelector(".theirs")) base.value = newest;
    area.focus();
    edit();
  }

  function enlarge(how) {
    zoom = how === "fit" ? 1 : Math.min(4, Math.max(0.5, zoom * (how === "in" ? 1.25 : 0.8)));
    main.style.setProperty("--zoom", String(zoom));
    draw();
  }

  document.addEventListener("input", (event) => {
    const field = event.target;
    if (field.form !== form || field.closest("#actions")) return;
    if ((field.id === "language" || field.id === "to") && hasChanges()) {
      // What was typed is in the language it was typed for.
      for (const option of field.options) option.selected = option.defaultSelected;
      say(main.dataset.saveFirst);
    } else {
      if (field.id === "language" || field.id === "to") hold(true);
      edit();
    }
  });
  document.addEventListener("click", (event) => {
    const one = event.target.closest("[data-action], [data-go], [data-keep], [data-take], [data-zoom]");
    if (!one) return;
    if (one.dataset.go) { event.preventDefault(); go(one.dataset.go); }
    else if (one.dataset.zoom) enlarge(one.dataset.zoom);
    else if (one.dataset.keep || one.dataset.take) choose(one);
    else { event.preventDefault(); act(one.dataset.action, one); }
  });
  form.addEventListener("submit", (event) => { event.preventDefault(); act("save"); });

  const keys = {
    a: () => document.querySelector('[data-action="approve"]')?.click(),
    b: () => { const back = find("back"); if (back) { back.open = true; find("remark").focus(); } },
    n: () => find("after")?.click(),
    p: () => find("before")?.click(),
    "+": () => enlarge("in"), "=": () => enlarge("in"), "-": () => enlarge("out"), 0: () => enlarge("fit"),
  };
  document.addEventListener("keydown", (event) => {
    const key = event.key.toLowerCase();
    if ((event.ctrlKey || event.metaKey) && !event.altKey && key === "s") { event.preventDefault(); act("save"); }
    else if (event.altKey && !event.ctrlKey && !event.metaKey && Object.hasOwn(keys, key)) { event.preventDefault(); keys[key](); }
  });
  window.addEventListener("beforeunload", (event) => { if (hasChanges()) event.preventDefault(); });
  document.addEventListener("focusout", () => { if (isStale) { isStale = false; window.setTimeout(draw, 0); } });
  document.querySelector("details.text").addEventListener("toggle", (event) => { if (event.target.open) draw(); });
  // A picture that was made for another size of the window is not sharp.
  let resized = 0;
  window.addEventListener("resize", () => { window.clearTimeout(resized); resized = window.setTimeout(draw, 250); });
  // What was made for a window such as this one is sharp already.
  if (find("sheets").dataset.scale === scale() && !hasChanges()) main.dataset.drawn = "0";
  else draw();
  return () => draw(false);
}

/* ----------------------------------------------------------- the first view */

function homePage() {
  find("clinician")?.addEventListener("change", (event) => event.target.form.submit());
  return async () => {
    await sure();
    const answer = await fetch(window.location.href, { credentials: "omit" });
    if (answer.ok) {
      const came = parsed(await answer.text()).getElementById("home");
      if (came && came.outerHTML !== find("home").outerHTML) { find("home").replaceWith(came); say(main.dataset.changed); }
    }
  };
}

/* --------------------------------------------------------------------- news */

const follow = { letter: letterPage, home: homePage }[main.dataset.follows]?.();
if (follow) {
  let news = null;

  function listen() {
    news = new EventSource(document.body.dataset.events);
    news.addEventListener("changed", () => { if (isSure) follow(); });
    news.addEventListener("ours", (event) => {
      if (event.data !== document.body.dataset.proof) { news.close(); isOver = true; stuck(); return; }
      const wasSure = isSure;
      isSure = true;
      if (isOver) { isOver = false; say(""); }
      if (!wasSure) follow();
    });
    news.addEventListener("error", () => {
      const failed = news;
      isSure = false;
      window.setTimeout(() => { if (failed === news && news.readyState !== EventSource.OPEN) { isOver = true; stuck(); } }, 1500);
    });
  }

  // A browser has few connections to one server, and a window nobody sees needs none.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) { news?.close(); news = null; isSure = false; }
    else if (!news) listen();
  });
  if (!document.hidden) listen();
}
