// What we change in KERN's own sheet, as PostCSS plugins.

/** Writes a colour of KERN's palette as sRGB: telephones older than 2023 know no oklch() and would show no colours at all. */
function hex(lightness, chroma, hue) {
  const angle = (hue * Math.PI) / 180;
  const [a, b] = [chroma * Math.cos(angle), chroma * Math.sin(angle)];
  // Björn Ottosson's Oklab → linear sRGB
  const [l, m, s] = [
    lightness + 0.3963377774 * a + 0.2158037573 * b,
    lightness - 0.1055613458 * a - 0.0638541728 * b,
    lightness - 0.0894841775 * a - 1.291485548 * b,
  ].map((part) => part ** 3);
  return "#" + [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ].map((part) => {
    const clipped = Math.min(1, Math.max(0, part));
    const encoded = clipped <= 0.0031308 ? 12.92 * clipped : 1.055 * clipped ** (1 / 2.4) - 0.055;
    return Math.round(encoded * 255).toString(16).padStart(2, "0");
  }).join("");
}

export const hexColours = {
  postcssPlugin: "hex-colours",
  Declaration(declaration) {
    declaration.value = declaration.value.replace(
      /oklch\(([\d.]+)%\s+([\d.]+)\s+([\d.]+)\)/g,
      (_, lightness, chroma, hue) => hex(lightness / 100, Number(chroma), Number(hue)),
    );
  },
};

/** Drops the second half of var(--kern-x, fallback): every variable is in the sheet, the fallbacks only weigh. */
export const withoutFallbacks = {
  postcssPlugin: "without-fallbacks",
  Declaration(declaration) {
    if (declaration.value.includes("var(")) {
      declaration.value = declaration.value.replace(/var\((--kern-(?:color|metric|typography)[\w-]+),\s*[^()]*\)/g, "var($1)");
    }
  },
};

/** KERN sets the colours of the present layer on :is(body, …), which PurgeCSS takes for unused. One layer is enough here. */
export const plainBody = {
  postcssPlugin: "plain-body",
  Rule(rule) {
    if (rule.selector.startsWith(":is(body")) rule.selector = "body";
  },
};

/** rtlcss would mirror the tick of a checkbox as well. */
export const sameTick = {
  postcssPlugin: "same-tick",
  Rule(rule) {
    if (rule.selector.includes("__checkbox") && /:before/.test(rule.selector) && rule.prev()?.type !== "comment") {
      rule.before({ text: "rtl:ignore" });
    }
  },
};

/** Dark is for screens: paper gets the light colours, which hold wherever dark does not, also in old browsers. */
export const darkOnScreens = {
  postcssPlugin: "dark-on-screens",
  Once(root, { AtRule }) {
    const scheme = (name) => root.nodes.find((node) => new RegExp(`scheme:\\s*${name}`).test(node.params));
    const [light, dark] = [scheme("light"), scheme("dark")];
    dark.before(light.nodes);
    light.remove();
    dark.params = `screen and ${dark.params}`;
    const setsColours = (node) => node.some((declaration) => declaration.prop?.startsWith("--kern-color"));
    const forced = root.nodes.find((node) => node.selector?.startsWith("[data-kern-theme=dark]") && setsColours(node));
    const screen = new AtRule({ name: "media", params: "screen" });
    forced.replaceWith(screen);
    screen.append(forced);
  },
};
