"""What a page must stand: a keyboard alone, no motion, paper, letters twice as large. Each check gives complaints."""

from collections.abc import Iterator
from itertools import pairwise

from playwright.sync_api import Page

# Every place Tab must come to, in the order of the document, and how each looks without focus.
_BEFORE = """() => {
  const shown = e => e.checkVisibility({visibilityProperty: true}) && e.getClientRects().length > 0;
  const radios = new Set();
  const stops = [...document.querySelectorAll(
      'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"], video[controls]')]
    .filter(e => !e.disabled && e.tabIndex >= 0 && shown(e)).filter(e => {
      if (e.type !== 'radio') return true;
      const group = [...document.getElementsByName(e.name)].filter(r => r.form === e.form && shown(r));
      const stop = group.find(r => r.checked) || group[0];
      return e === stop;
    });
  window.gwLook = e => {
    const parts = [e, e.parentElement, ...(e.labels || [])];
    return parts.flatMap(part => ['', '::before', '::after'].map(pseudo => {
      const s = getComputedStyle(part, pseudo || null);
      const ring = s.outlineStyle === 'none' ? 'none' : s.outlineStyle + s.outlineWidth + s.outlineColor;
      return [ring, s.boxShadow, s.borderColor, s.borderWidth, s.backgroundColor, s.textDecoration].join('|');
    })).join('/');
  };
  document.body.tabIndex = -1;  // a field with autofocus is not where the walk begins
  document.body.focus();
  document.body.removeAttribute('tabindex');
  window.gwStops = stops;
  window.gwLooks = stops.map(window.gwLook);
  window.scrollTo(0, 0);
  return stops.length;
}"""

# After each Tab is noted where the focus is: place in the list (-1 beside it), whether it can be seen, where it stands.
_WATCH = """() => {
  window.gwWalk = [];
  document.addEventListener('keyup', () => {
    const e = document.activeElement;
    if (!e || e === document.body || e === document.documentElement) return window.gwWalk.push(null);
    const place = window.gwStops.indexOf(e);
    const box = e.getBoundingClientRect();
    const line = e.getClientRects()[0];  // a link that runs over two lines has its middle beside its words
    const [x, y] = [line.left + line.width / 2, Math.min((Math.max(line.top, 0) + line.bottom) / 2, innerHeight - 2)];
    const top = document.elementFromPoint(x, y);
    const label = [...(e.labels || [])].some(l => l.contains(top));
    window.gwWalk.push({
      place, html: e.outerHTML.slice(0, 160).replace(/\\s+/g, ' '),
      visible: !!top && (e.contains(top) || top.contains(e) || label),
      scrolls: place < 0 && (e.scrollWidth > e.clientWidth || e.scrollHeight > e.clientHeight),
      changed: place < 0 ? e.matches(':focus-visible') : window.gwLook(e) !== window.gwLooks[place],
      box: [box.left + scrollX, box.top + scrollY, box.right + scrollX, box.bottom + scrollY],
    });
  }, true);
  // A field for a time and a film have stops of their own; what scrolls can be one.
  return window.gwStops.length + 8 + 4 * document.querySelectorAll('input[type=time], input[type=date], video').length;
}"""


def keyboard(page: Page) -> list[str]:
    """Walk through the page with Tab: everything is reached, once, in order and visibly; the way out is free."""
    expected = page.evaluate(_BEFORE)
    is_rtl = page.evaluate("document.dir === 'rtl'")
    for _step in range(page.evaluate(_WATCH)):
        page.keyboard.press("Tab")
    walk = _one_round(page.evaluate("window.gwWalk"))
    wrong = [told for now in walk for told in _looks_wrong(now)]
    for last, now in pairwise(walk):
        if _is_before(now["box"], last["box"], is_rtl=is_rtl):
            wrong.append(f"stands before what had focus before it, {last['html']}: {now['html']}")
    reached = [now["place"] for now in walk if now["place"] >= 0]
    if reached != sorted(set(reached)):
        wrong.append(f"is walked through in another order than written, or holds the focus: {reached}")
    missed = sorted(set(range(expected)) - set(reached))
    wrong += [page.evaluate("n => 'is never reached: ' + window.gwStops[n].outerHTML.slice(0, 160)", n) for n in missed]
    if page.evaluate("window.gwStops.length > 0 && window.gwStops[0].className !== 'gw-skip'"):
        wrong.append("does not begin with the link to the content")
    return wrong


def _one_round(walk: list[dict | None]) -> list[dict]:
    """The places in order, until the focus leaves the page or begins again; each once, however many stops it has."""
    found: list[dict] = []
    for now in walk:
        if now is None or (len(found) > 1 and now["place"] == found[0]["place"]):
            break
        if not found or (now["place"], now["html"]) != (found[-1]["place"], found[-1]["html"]):
            found.append(now)
    return found


def _looks_wrong(now: dict) -> Iterator[str]:
    if now["place"] < 0 and not now["scrolls"]:
        yield f"is reached and should not be: {now['html']}"
    if not now["changed"]:
        yield f"looks the same with focus: {now['html']}"
    if not now["visible"]:
        yield f"is covered when it has focus: {now['html']}"


def _is_before(now: list[float], last: list[float], *, is_rtl: bool) -> bool:
    """Whether the eye would have to go back: above in the same column, or to the line's beginning in the same line."""
    left, top, right, bottom = now
    was_left, was_top, was_right, was_bottom = last
    share = min(bottom, was_bottom) - max(top, was_top)
    if share > 0.6 * min(bottom - top, was_bottom - was_top):
        return left >= was_right - 1 if is_rtl else right <= was_left + 1
    is_same_column = min(right, was_right) - max(left, was_left) > 1
    return is_same_column and bottom <= was_top + 1


_MOVING = """() => {
  const ms = text => Math.max(...text.split(',').map(t => parseFloat(t) * (t.trim().endsWith('ms') ? 1 : 1000)));
  return [...document.querySelectorAll('*')].flatMap(e => ['', '::before', '::after'].map(pseudo => {
    const s = getComputedStyle(e, pseudo || null);
    const moving = s.transitionProperty !== 'none' && ms(s.transitionDuration) + ms(s.transitionDelay) > 10;
    const animated = s.animationName !== 'none' && (ms(s.animationDuration) > 10 && s.animationPlayState === 'running');
    return moving || animated || s.scrollBehavior === 'smooth' ? `moves: ${e.tagName} ${e.className}${pseudo}` : '';
  })).filter(Boolean).slice(0, 5);
}"""


def motion(page: Page) -> list[str]:
    """Nothing moves for somebody who asked for that."""
    page.emulate_media(reduced_motion="reduce")
    return page.evaluate(_MOVING)


_PAPER = """() => {
  const shown = e => e.checkVisibility({visibilityProperty: true}) && e.getClientRects().length > 0;
  const rgb = c => (c.match(/[\\d.]+/g) || []).map(Number);
  const linear = v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
  const light = c => { const [r, g, b] = rgb(c).map(v => linear(v / 255)); return .2126 * r + .7152 * g + .0722 * b; };
  const wrong = [];
  const ways = 'nav, button, .kern-btn, .gw-skip, .gw-theme, dialog, video, input[type=submit]';
  for (const e of document.querySelectorAll(ways))
    if (shown(e) && e.getBoundingClientRect().height) wrong.push('is printed: ' + e.outerHTML.slice(0, 120));
  for (const e of [document.documentElement, document.body])
    if (!['rgb(255, 255, 255)', 'rgba(0, 0, 0, 0)'].includes(getComputedStyle(e).backgroundColor))
      wrong.push('is not white: ' + e.tagName + getComputedStyle(e).backgroundColor);
  const title = document.querySelector('main h1');
  if (!title || !shown(title)) wrong.push('has no heading on paper');
  for (const e of document.querySelectorAll('main *')) {
    const hasText = [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
    if (!shown(e) || !hasText || e.closest('.kern-sr-only')) continue;
    if (light(getComputedStyle(e).color) > .4) wrong.push('is too light for paper: ' + e.outerHTML.slice(0, 120));
  }
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide > 1) wrong.push(`is ${wide} px wider than the paper`);
  return wrong.slice(0, 5);
}"""


def paper(page: Page) -> list[str]:
    """Printed from a dark screen on A4: what it says is there, dark on white; ways to click are not."""
    page.emulate_media(media="print", color_scheme="dark")
    page.set_viewport_size({"width": 720, "height": 1020})  # A4 without margins at 96 dpi
    return page.evaluate(_PAPER)


# Text is lost where a box is smaller than what is in it and hides the rest.
_LOST = """() => {
  const wrong = [];
  for (const e of document.querySelectorAll('body *')) {
    if (e.closest('.kern-sr-only, .gw-unseen, svg, select') || !e.checkVisibility({visibilityProperty: true})) continue;
    const s = getComputedStyle(e);
    if (!e.textContent.trim() || s.display === 'inline') continue;
    const hides = v => v === 'hidden' || v === 'clip';
    const x = hides(s.overflowX) && e.scrollWidth > e.clientWidth + 1;
    const y = hides(s.overflowY) && e.scrollHeight > e.clientHeight + 1;
    if (x || y)
      wrong.push('is cut off: ' + e.outerHTML.slice(0, 160));
  }
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide > 1) wrong.push(`is ${wide} px wider than the screen`);
  return wrong.slice(0, 5);
}"""
_SIZES = """() => [...document.querySelectorAll('body *')]
  .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) && e.checkVisibility())
  .filter(e => !e.closest('.kern-sr-only[aria-hidden=true], .gw-unseen'))  // meant for nobody
  .map(e => [e.outerHTML.slice(0, 120), parseFloat(getComputedStyle(e).fontSize)])"""


def large_text(page: Page) -> list[str]:
    """Letters twice as large, as set in the browser: all of them grow, none is lost."""
    before = page.evaluate(_SIZES)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    after = page.evaluate(_SIZES)
    small = [
        f"does not grow: {html}" for (html, was), (_same, now) in zip(before, after, strict=True) if now < 1.9 * was
    ]
    return [*small[:5], *page.evaluate(_LOST)]


_SUMMARY = """() => {
  const wrong = [];
  const summary = document.querySelector('.kern-error-summary');
  const focused = document.activeElement;
  if (focused !== summary) wrong.push('focus is not on the summary but on ' + focused.tagName);
  for (const link of summary.querySelectorAll('a[href^="#"]')) {
    const target = document.getElementById(link.hash.slice(1));
    if (!target) { wrong.push('a link leads nowhere: ' + link.outerHTML); continue; }
    link.click();
    const now = document.activeElement;
    if (now !== target && !target.contains(now)) wrong.push(`${link.hash} does not get the focus`);
    const field = target.matches('input, select, textarea') ? target : target.querySelector('input, select, textarea');
    if (field && !field.closest('[aria-invalid=true], .kern-fieldset--error'))
      wrong.push(`${link.hash} does not say that it is wrong`);
  }
  return wrong;
}"""


def errors(page: Page) -> list[str]:
    """A form that was sent back: the summary has the focus, its links lead to fields that say what is wrong."""
    if page.locator(".kern-error-summary").count() == 0:
        left = page.locator("main .kern-error, main [aria-invalid=true]").count()
        return ["tells errors without a summary"] if left else []
    return page.evaluate(_SUMMARY)


def contrast(page: Page, axe: str) -> list[str]:
    """What cannot be read in the dark."""
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.evaluate(axe)
    found = page.evaluate("axe.run(document, {runOnly: ['color-contrast', 'link-in-text-block']})")
    nodes = [node["html"][:200] for violation in found["violations"] for node in violation["nodes"][:3]]
    return [f"is hard to read in the dark: {html}" for html in nodes]
