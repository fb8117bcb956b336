// Warns before a session ends, and draws a curtain over the page once it has. The server ends it, with or without us.
(() => {
  "use strict";

  const dialog = document.getElementById("session-end");
  if (!dialog) return;
  const WARNING = 300; // seconds before the end
  const DAY = 86400; // timers overflow after 24 of them
  const part = (name) => dialog.querySelector(`[data-session="${name}"]`);
  let timer;

  // Other windows keep the session alive too: what counts is what the server says when the time has come.
  const look = (address = dialog.dataset.left) => fetch(address, { headers: { Accept: "application/json" } })
    .then((answer) => answer.json())
    .then(show)
    .catch(() => { timer = setTimeout(look, 30000); }); // offline: nothing is known

  function show({ seconds, person }) {
    clearTimeout(timer);
    const isOurs = person === dialog.dataset.person;
    if (seconds > WARNING && isOurs) {
      if (dialog.open) dialog.close();
      plan(seconds);
      return;
    }
    const isOver = seconds <= 0 || !isOurs; // somebody else who has signed in here must not see this page
    dialog.classList.toggle("gw-session--ended", isOver);
    part("warning").hidden = isOver;
    part("ended").hidden = !isOver;
    dialog.setAttribute("aria-labelledby", isOver ? "session-ended-title" : "session-end-title");
    if (!dialog.open) dialog.showModal();
    timer = setTimeout(look, isOver ? 60000 : Math.min(seconds + 1, 20) * 1000);
  }

  function plan(seconds) {
    clearTimeout(timer);
    timer = setTimeout(look, Math.min(Math.max(seconds - WARNING, 1), DAY) * 1000);
  }

  dialog.addEventListener("cancel", (event) => event.preventDefault()); // Escape decides nothing
  dialog.querySelector("[data-session-stay]").addEventListener("click", () => look(dialog.dataset.stay));
  // Timers sleep with the computer.
  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
  window.addEventListener("focus", () => { if (dialog.open) look(); });
  plan(Number(dialog.dataset.seconds));
})();
