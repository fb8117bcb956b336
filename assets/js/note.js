// Comfort for writing a note: what is typed is kept on the server a moment later, and tried again until it is. The form
// works without it. Nothing is kept in this browser: advisors share computers.
(() => {
  "use strict";

  const form = document.querySelector("form[data-draft]");
  const told = document.getElementById("note-saving");
  if (!form || !told) return;

  const PAUSE = 1200; // milliseconds after the last key
  const GAPS = [2000, 5000, 10000, 20000, 30000]; // between tries without a network
  const LONGEST_KEPT = 60000; // characters; browsers keep 64 kB of a page that goes away
  let timer, request, tries = 0, isTyped = false, leaves = false, isUnreachable = false;

  const say = (what, time = "") => {
    told.dataset.now = what;
    told.textContent = told.dataset[what].replace("{time}", time);
  };

  function plan(wait) {
    clearTimeout(timer);
    timer = setTimeout(keep, wait);
  }

  async function ask() {
    const data = new URLSearchParams(new FormData(form));
    data.set("page", form.dataset.page);
    data.set("seen", form.dataset.seen);
    request = new AbortController();
    const limit = setTimeout(() => request?.abort(), 20000);
    try {
      return await fetch(form.dataset.draft, { method: "POST", body: data, redirect: "manual", signal: request.signal,
        keepalive: data.toString().length < LONGEST_KEPT,
      });
    } catch {
      return null;
    } finally {
      clearTimeout(limit);
      request = null;
    }
  }

  async function keep() {
    if (!isTyped || request || leaves) return;
    isTyped = false;
    const answer = await ask();
    isUnreachable = !answer;
    if (leaves) return;
    const isKept = answer?.ok && answer.headers.get("content-type")?.startsWith("application/json");
    if (isKept) {
      tries = 0;
      const { time, other } = await answer.json();
      say(other ? "elsewhere" : "saved", time);
      if (isTyped) plan(PAUSE);
      return;
    }
    isTyped = true;
    if (!answer || answer.status >= 500 || answer.status === 429) {
      say("offline");
      plan(GAPS[Math.min(tries++, GAPS.length - 1)]);
    } else {
      say("refused"); // signed out, mostly: the button leads to signing in, and what was typed comes along
    }
  }

  form.addEventListener("input", () => {
    isTyped = true;
    if (told.dataset.now !== "offline") say("saving");
    plan(PAUSE);
  });
  window.addEventListener("online", () => { tries = 0; plan(0); });
  document.addEventListener("visibilitychange", () => { if (document.hidden) keep(); });
  // Sent without a network the page would be gone, and what stands in it.
  form.addEventListener("submit", (event) => {
    if (navigator.onLine && !isUnreachable) return;
    event.preventDefault();
    isTyped = true;
    say("offline");
    plan(0);
  });
  // The note itself is on its way, or another form that leads away: what was typed until now is kept first.
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    if (event.target !== form) keep();
    leaves = true;
    if (event.target === form) request?.abort();
    clearTimeout(timer);
  });
  window.addEventListener("pageshow", (event) => { if (event.persisted) leaves = false; });
  window.addEventListener("beforeunload", (event) => { if (isTyped && !leaves) event.preventDefault(); });
})();
