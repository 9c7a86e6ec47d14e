// A place in a notebook to drop a file on, or to choose one with the keyboard (anywidget). Its bytes go to the kernel.
const LARGEST = 20_000_000; // more than the kernel takes: then it is the one who says so

export default {
  render({ model, el }) {
    const label = document.createElement("label");
    const text = document.createElement("span");
    const input = document.createElement("input");
    input.type = "file";
    input.accept = model.get("accept");
    label.className = "workshopkit-drop";
    label.append(text, input);
    const tell = () => (text.textContent = model.get("text"));
    const send = async (file) => {
      if (!file) return;
      const bytes = await file.slice(0, LARGEST).arrayBuffer();
      model.send({ name: file.name }, undefined, [bytes]);
      input.value = ""; // the same file may be chosen again, changed
    };
    const over = (event) => {
      event.preventDefault();
      label.classList.toggle("workshopkit-drop-over", event.type === "dragover");
    };
    input.addEventListener("change", () => send(input.files[0]));
    for (const kind of ["dragover", "dragleave"]) label.addEventListener(kind, over);
    label.addEventListener("drop", (event) => {
      over(event);
      send(event.dataTransfer.files[0]);
    });
    model.on("change:text", tell);
    tell();
    el.append(label);
    return () => model.off("change:text", tell);
  },
};
