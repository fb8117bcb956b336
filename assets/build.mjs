// Builds style sheets, scripts and images into ${VAR_DIR:-var}/assets, where Django's staticfiles finders pick them up.
//
//   css/founder.css, css/founder.rtl.css   what founders and the public see: KERN cut down to the classes in use
//   css/staff.css, css/staff.rtl.css       advisors, partners: all KERN components, Fira Sans
//   js/, img/, fonts/                      copied as they are
//
// Fonts for paper go to ${VAR_DIR:-var}/print-fonts, beside their licences: typst reads them (gruendungswerkstatt/printing),
// no browser does.
//
// KERN knows physical sides only, so rtlcss mirrors it; our own sheets use logical properties and fit both directions.
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { transform } from "lightningcss";
import postcss from "postcss";
import { PurgeCSS } from "purgecss";
import rtlcss from "rtlcss";
import { darkOnScreens, hexColours, plainBody, sameTick, withoutFallbacks } from "./kern.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const modules = join(root, "node_modules");
const made = resolve(process.env.VAR_DIR || join(root, "var"));
const [target, printFonts] = [join(made, "assets"), join(made, "print-fonts")];

// Telephones of about 2021 and later: keeps the minifier from writing what they do not read (ranges in media queries).
const targets = { chrome: 90 << 16, firefox: 90 << 16, safari: 15 << 16, ios_saf: 15 << 16 };

const own = (...names) => names.map((name) => readFileSync(join(root, "assets/css", `${name}.css`), "utf8")).join("\n");
const files = (extension, ...folders) =>
  folders.map((folder) => join(root, folder)).filter(existsSync).flatMap((folder) =>
    readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(extension)).map((name) => join(folder, name)),
  );

/** Templates of the founder's side: a folder drops out when its pages extend base_staff.html and none base_founder.html. */
function founderTemplates() {
  const extending = (name, base) => readFileSync(name, "utf8").includes(`"${base}"`);
  const all = files(".html", "templates");
  const foldersOf = (base) => new Set(all.filter((name) => extending(name, base)).map(dirname));
  const [founder, staff] = [foldersOf("base_founder.html"), foldersOf("base_staff.html")];
  return all.filter((name) => !staff.has(dirname(name)) || founder.has(dirname(name)) || dirname(name) === join(root, "templates"));
}

// Names that are put together at run time ("kern-badge--" + kind) and elements that Django's widgets write.
const composed = [
  "textarea", "select", "option", "optgroup", "input", "button", "label", "fieldset", "legend", "progress",
  /^kern-form-(check|input)__/, /^kern-(alert|badge)--(info|success|warning|danger|small)$/, /^kern-icon--(info|success|warning|danger)$/];
const components = /^kern-(accordion|alert|badge|body|btn|card|check|container|description|dialog|divider|dropdown|error|fieldset|form|heading|hgroup|hint|icon|input|label|level|link|list|loader|number|preline|progress|sr-only|stack|subline|summary|table|task-list|title)/;

const sides = {
  founder: {
    css: own("theme", "base", "layout", "forms", "components", "mirrored", "print"),
    content: [...founderTemplates(), ...files(".py", "gruendungswerkstatt/common", "gruendungswerkstatt/content", "intake", "cases/founder", "network/directory")],
    safelist: composed,
  },
  staff: {
    css: own("fonts", "theme", "base", "layout", "forms", "components", "staff", "mirrored", "print"),
    content: [...files(".html", "templates"), ...files(".py", "gruendungswerkstatt", "intake", "cases", "network")],
    safelist: [...composed, components],
  },
};

async function build(kern, { css, content, safelist }) {
  const [result] = await new PurgeCSS().purge({
    content,
    css: [{ raw: `${kern}\n${css}` }],
    safelist: { standard: safelist },
    keyframes: true,
    variables: true,
    defaultExtractor: (text) => text.match(/[\w-]+/g) || [],
  });
  return transform({ filename: "portal.css", code: Buffer.from(result.css), minify: true, targets }).code;
}

// Family and weights on paper, as printing/fonts.py expects them; typst reads TrueType and no web fonts.
const onPaper = [
  ["noto-sans", "NotoSans", ["400Regular", "700Bold"]],
  ["vazirmatn", "Vazirmatn", ["400Regular", "700Bold"]],
  ["noto-sans-ethiopic", "NotoSansEthiopic", ["400Regular", "700Bold"]],
  ["noto-emoji", "NotoEmoji", ["400Regular"]],
];

const original = await readFile(join(modules, "@kern-ux/native/dist/kern.min.css"), "utf8");
const kern = postcss([darkOnScreens, hexColours, withoutFallbacks, plainBody, sameTick]).process(original, { from: undefined }).css;
const mirrored = rtlcss.process(kern);

await Promise.all([target, printFonts].map((folder) => rm(folder, { recursive: true, force: true })));
await Promise.all(["css", "js", "img", "fonts"].map((name) => mkdir(join(target, name), { recursive: true })));
await mkdir(printFonts, { recursive: true });
await Promise.all([
  ...Object.entries(sides).flatMap(([side, parts]) => [
    build(kern, parts).then((code) => writeFile(join(target, `css/${side}.css`), code)),
    build(mirrored, parts).then((code) => writeFile(join(target, `css/${side}.rtl.css`), code)),
  ]),
  cp(join(root, "assets/js"), join(target, "js"), { recursive: true }),
  cp(join(root, "assets/img"), join(target, "img"), { recursive: true }),
  cp(join(modules, "htmx.org/dist/htmx.min.js"), join(target, "js/htmx.min.js")),
  ...[400, 600].map((weight) =>
    cp(join(modules, `@fontsource/fira-sans/files/fira-sans-latin-${weight}-normal.woff2`), join(target, `fonts/fira-sans-${weight}.woff2`)),
  ),
  ...onPaper.flatMap(([name, family, weights]) => [
    ...weights.map((weight) =>
      cp(join(modules, `@expo-google-fonts/${name}/${weight}/${family}_${weight}.ttf`), join(printFonts, `${family}_${weight}.ttf`)),
    ),
    cp(join(modules, `@expo-google-fonts/${name}/LICENSE_FONT`), join(printFonts, `${family}_LICENSE.txt`)),
  ]),
]);
