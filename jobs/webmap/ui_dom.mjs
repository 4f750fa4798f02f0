/**
 * Elements of the page. What comes from data becomes text or the value of a harmless attribute:
 * nothing here parses HTML, sets a handler by its text, or follows an address out of the data.
 */

const PLAIN_ATTRIBUTE = new RegExp(
  "^(aria-[a-z]+|role|id|for|type|name|value|min|max|step|title|alt|lang|tabindex|colspan" +
    "|placeholder|autocomplete|inputmode)$",
);

/** Characters that turn the direction of what follows: a name must not rewrite its neighbours. */
const TURNING = /[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/g;

/** Text as it is shown: what would turn it is seen as a sign. */
export function readable(text) {
  return String(text).replace(TURNING, "\ufffd");
}

/**
 * An element. `props`: class, text, style {property: value}, on {event: function}, properties that
 * are true or false, and the attributes of PLAIN_ATTRIBUTE.
 */
export function el(tag, props = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined) continue;
    if (name === "class") made.className = value;
    else if (name === "text") made.textContent = readable(value);
    else if (name === "style") setStyle(made, value);
    else if (name === "on") listen(made, value);
    else if (typeof value === "boolean" && !name.startsWith("aria-")) made[name] = value;
    else if (name === "value") made.setAttribute(name, String(value));
    else if (PLAIN_ATTRIBUTE.test(name)) made.setAttribute(name, readable(value));
    else throw new Error(`attribute ${name}`);
  }
  made.append(...children.flat(9).filter((child) => child !== null && child !== undefined));
  return made;
}

function setStyle(element, style) {
  Object.entries(style).forEach(([name, value]) => element.style.setProperty(name, value));
}

function listen(element, handlers) {
  Object.entries(handlers).forEach(([event, call]) => element.addEventListener(event, call));
}

/** Put other children into an element. */
export function refill(element, ...children) {
  element.replaceChildren(...children.flat(9).filter((child) => child !== null));
  return element;
}

/** A button that is not a form's. */
export function button(text, press, props = {}) {
  return el("button", { type: "button", text, ...props, on: { click: press } });
}

/** A picture out of the style sheet; anything but embedded data stays away. */
export function picture(address, alt = "") {
  const made = el("img", { alt });
  if (/^data:image\/svg\+xml;base64,[A-Za-z0-9+/=]+$/.test(address ?? "")) made.src = address;
  return made;
}

/** An id for a label, unique in the page. */
let labelled = 0;
export function field(label, control) {
  labelled += 1;
  control.id = `field-${labelled}`;
  return el("div", { class: "field" }, el("label", { for: control.id, text: label }), control);
}

/** A select; `options`: [[value, text]]. */
export function choice(options, chosenValue, change, props = {}) {
  const made = el("select", { ...props, on: { change: () => change(made.value) } });
  made.append(...options.map(([value, text]) => el("option", { value, text })));
  made.value = chosenValue;
  return made;
}

/** `call` after `wait` ms without another call. */
export function settled(call, wait) {
  let timer = 0;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => call(...given), wait);
  };
}
