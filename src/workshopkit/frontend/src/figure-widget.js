// A figure in a notebook (anywidget), with buttons that keep it as a file. Nothing leaves the browser for that.
import { h, render as draw } from "preact";

import { FigureView } from "./views/figure.jsx";

const PNG_WIDTH = 1600;
const LEAST = 640;
const MOST = 1000;

/** A file name of what a figure is called. @param {{title: string, name: string}} figure @param {string} kind */
export function fileName({ title, name }, kind) {
  const plain = title.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const words = plain.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "");
  return `${words.slice(0, 60).replace(/-$/, "") || name}.${kind}`;
}

/** How large a picture of this SVG becomes. @param {string} image */
export function pixels(image) {
  const [width, height] = /viewBox="\S+ \S+ (\S+) (\S+)"/.exec(image).slice(1).map(Number);
  return [PNG_WIDTH, Math.round((PNG_WIDTH * height) / width)];
}

function keep(content, name) {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(content), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

async function png(image) {
  const [width, height] = pixels(image);
  const picture = new Image(width, height);
  // Firefox draws no SVG into a canvas that has no size of its own.
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(image.replace("<svg ", `<svg width="${width}" height="${height}" `))}`;
  await picture.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  canvas.getContext("2d").drawImage(picture, 0, 0, width, height);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

function Widget({ figure, image, texts }) {
  return h(
    "div",
    null,
    h("p", { class: "figure-title" }, figure.title),
    h(FigureView, { figure, name: texts.list }),
    figure.shapes.length > 0 &&
      h(
        "p",
        { class: "figure-keep" },
        h("button", { type: "button", onClick: async () => keep(await png(image), fileName(figure, "png")) }, texts.png),
        h("button", { type: "button", onClick: () => keep(new Blob([image], { type: "image/svg+xml" }), fileName(figure, "svg")) }, texts.svg),
      ),
  );
}

export default {
  render({ model, el }) {
    const show = () => {
      // A figure of rows is made for a phone; its letters are large enough.
      el.style.maxWidth = `${Math.min(MOST, Math.max(LEAST, model.get("figure").width))}px`;
      draw(h(Widget, { figure: model.get("figure"), image: model.get("image"), texts: model.get("texts") }), el);
    };
    el.classList.add("workshopkit-figure");
    el.lang = model.get("lang");
    for (const name of ["figure", "image"]) model.on(`change:${name}`, show);
    show();
    return () => {
      for (const name of ["figure", "image"]) model.off(`change:${name}`, show);
      draw(null, el);
    };
  },
};
