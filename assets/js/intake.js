// Comfort for the pages of questions: saves while somebody types, reads questions aloud. Every page works without it.
// On the page where everything is checked it saves only the questions named in data-questions, never a PIN.
// Nothing is kept in this browser: phones are shared.
(() => {
  "use strict";

  const form = document.querySelector("form[data-save]");
  const told = document.getElementById("saving");
  if (!form) return;
  const only = form.dataset.questions?.split(" ");

  // --- Saving ---
  const PAUSE = 1200; // milliseconds after the last key
  const GAPS = [2000, 5000, 10000, 20000, 30000]; // between tries without a network
  const LONGEST_KEPT = 60000; // characters; browsers keep 64 kB
  const touched = new Set(); // questions that are not saved yet
  let timer, request, tries = 0, leaves = false, isUnreachable = false;

  const say = (what) => { if (told.dataset.now !== what) { told.dataset.now = what; told.textContent = told.dataset[what]; } };
  const isSaved = (key) => key && (!only || only.includes(key));
  const question = (field) => {
    const key = field.form === form && field.closest("[id^=div_id_]")?.id.slice("div_id_".length);
    return isSaved(key) && key;
  };

  function plan(wait) {
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  }

  async function save() {
    if (!touched.size || request || leaves) return;
    const keys = [...touched];
    touched.clear();
    const fields = new FormData(form);
    if (only) [...fields.keys()].filter((name) => name !== "csrfmiddlewaretoken" && !isSaved(name)).forEach((name) => fields.delete(name));
    const data = new URLSearchParams(fields);
    keys.forEach((key) => data.append("touched", key));
    request = new AbortController();
    const limit = setTimeout(() => request?.abort(), 20000);
    let answer;
    try {
      answer = await fetch(form.dataset.save, { method: "POST", body: data, redirect: "manual", signal: request.signal,
        keepalive: data.toString().length < LONGEST_KEPT, // also when the page goes away meanwhile
      });
    } catch {
      answer = null;
    }
    clearTimeout(limit);
    request = null;
    isUnreachable = !answer;
    if (leaves) return;
    if (!answer || answer.status >= 500 || answer.status === 429) {
      keys.forEach((key) => touched.add(key));
      say("offline");
      plan(GAPS[Math.min(tries++, GAPS.length - 1)]);
    } else if (answer.ok) {
      tries = 0;
      const { seen, elsewhere } = await answer.json();
      if (seen && !leaves) form.elements.seen.value = seen;
      if (elsewhere.length) { say("elsewhere"); offerOther(); }
      if (touched.size) plan(PAUSE); else if (told.dataset.now !== "elsewhere") say("saved");
    } else {
      keys.forEach((key) => touched.add(key));
      say("refused");
    }
  }

  // The page comes back with the newest answer and, above it, the one it took the place of.
  function offerOther() {
    if (told.querySelector("button")) return;
    const button = document.createElement("button");
    Object.assign(button, { className: "kern-btn kern-btn--secondary", name: "stay", value: "1" });
    button.setAttribute("form", form.id);
    button.append(Object.assign(document.createElement("span"), { className: "kern-label", textContent: told.dataset.show }));
    told.append(" ", button);
  }

  function note(event) {
    const key = question(event.target);
    if (!key) return;
    // Leaving a field that was typed into says nothing new; a message that changed now would move a button away
    // from under the finger that presses it.
    const isOffered = told.dataset.now === "elsewhere";
    if (event.type === "change" && touched.has(key) && isOffered) return;
    touched.add(key);
    if (told.dataset.now !== "offline" && !isOffered) say("saving");
    plan(event.type === "change" ? 100 : PAUSE);
  }
  form.addEventListener("input", note);
  form.addEventListener("change", note);
  window.addEventListener("online", () => { tries = 0; plan(0); });
  document.addEventListener("visibilitychange", () => { if (document.hidden) save(); });
  // Sent without a network the page would be gone, and what stands in it.
  form.addEventListener("submit", (event) => {
    if (navigator.onLine && !isUnreachable) return;
    event.preventDefault();
    [...form.elements].map(question).filter(Boolean).forEach((key) => touched.add(key));
    say("offline");
    plan(0);
  });
  // Whatever form is sent: this one saves by itself, "leave quickly" and "delete" must not be asked back.
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    leaves = true;
    request?.abort();
    clearTimeout(timer);
  });
  window.addEventListener("beforeunload", (event) => { if (touched.size && !leaves) event.preventDefault(); });
  // "Back" after saving shows what is saved now, not what stood here.
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

  // --- Reading aloud: only with a voice that lives in this device, and only questions, never answers ---
  const speech = window.speechSynthesis;
  const language = document.documentElement.lang;
  let voice, speaking;

  const words = (part) => {
    const copy = part.cloneNode(true);
    copy.querySelectorAll(".gw-beside, .kern-error__list, .gw-read, .kern-sr-only, input, textarea, select").forEach((e) => e.remove());
    return copy.textContent.replace(/\s+/g, " ").trim();
  };

  function toRead(box) {
    const parts = [...box.querySelectorAll("legend, label, .kern-hint, .kern-form-check__hint")].map(words);
    // The entries of a list, but not the one that was chosen; a hundred countries nobody listens to.
    const lists = [...box.querySelectorAll("select")].filter((list) => list.options.length <= 15);
    return [...parts, ...lists.flatMap((list) => [...list.options].filter((o) => o.value).map((o) => o.text))].filter(Boolean);
  }

  function stop() {
    speech.cancel();
    if (speaking) label(speaking, form.dataset.read);
    speaking = null;
  }

  function label(button, text) {
    button.firstElementChild.textContent = text;
  }

  function read(button, box) {
    const wasSpeaking = speaking === button;
    stop();
    if (wasSpeaking) return;
    speaking = button;
    label(button, form.dataset.stop);
    const texts = toRead(box);
    texts.forEach((text, number) => {
      const utterance = new SpeechSynthesisUtterance(text);
      Object.assign(utterance, { voice, lang: voice.lang });
      if (number === texts.length - 1) utterance.onend = () => { if (speaking === button) stop(); };
      speech.speak(utterance);
    });
  }

  function offerReading() {
    voice = speech.getVoices().find((v) => v.localService && v.lang.replace("_", "-").split("-")[0] === language);
    if (!voice || form.querySelector(".gw-read")) return;
    form.querySelectorAll("[id^=div_id_]").forEach((box) => {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", className: "kern-btn kern-btn--tertiary gw-read" });
      button.append(Object.assign(document.createElement("span"), { className: "kern-label" }));
      label(button, form.dataset.read);
      const name = box.querySelector("legend, label");
      name.id ||= `${box.id}_name`;
      button.id = `${box.id}_read`;
      button.setAttribute("aria-labelledby", `${button.id} ${name.id}`);
      button.addEventListener("click", () => read(button, box));
      box.append(button);
    });
  }

  if (speech && form.dataset.read) {
    offerReading();
    speech.addEventListener?.("voiceschanged", offerReading);
    window.addEventListener("pagehide", stop);
  }
})();
