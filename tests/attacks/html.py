"""Pages as a program reads them: their forms with what a browser would send, and every address in them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

ADDRESSES = ("href", "src", "action", "formaction", "hx-get", "hx-post", "hx-push-url", "data-url", "content")
GOING_ON = ("next", "send", "add", "give")
WRITTEN = ("text", "email", "search", "tel", "number", "password", "textarea", "")


@dataclass
class Box:
    """One input, list or text of a form."""

    name: str
    kind: str
    value: str = ""
    chosen: bool = False
    options: list[str] = field(default_factory=list)

    @property
    def written(self) -> bool:
        return self.kind in WRITTEN


@dataclass
class Form:
    """A form, and what is in it."""

    action: str
    method: str
    boxes: list[Box] = field(default_factory=list)

    def as_it_stands(self) -> dict[str, list[str]]:
        """What a browser would send when nothing is touched but the button that goes on."""
        button = self.button()
        sent: dict[str, list[str]] = {button.name: [button.value]} if button and button.name else {}
        for box in self.boxes:
            if box.kind in ("checkbox", "radio") and not box.chosen:
                continue
            if box.name and box.kind not in ("submit", "button", "file"):
                sent.setdefault(box.name, []).append(box.value)
        return sent

    def button(self) -> Box | None:
        """The one that goes on: the first without a name, or which leads neither back nor to another page."""
        buttons = [box for box in self.boxes if box.kind == "submit"]
        going_on = [box for box in buttons if not box.name or box.value in GOING_ON]
        return next(iter([*going_on, *buttons]), None)

    def filled(self, say: "Mapping[str, str] | None" = None, *, otherwise: str = "") -> dict[str, list[str]]:
        """With every choice made, and every text written: what `say` has for its name, or `otherwise`."""
        sent = self.as_it_stands()
        for box in self.boxes:
            told = (say or {}).get(box.name)
            if box.kind == "radio":
                if (told is None and box.name not in sent) or told == box.value:
                    sent[box.name] = [box.value]
            elif box.kind == "checkbox":
                values = sent.setdefault(box.name, [])
                if box.value not in values:
                    values.append(box.value)
            elif box.kind == "select":
                real = [option for option in box.options if option]
                sent[box.name] = [told if told is not None else (box.value or (real[0] if real else ""))]
            elif box.written and box.name:
                sent[box.name] = [told if told is not None else otherwise or box.value]
        return sent


class Page(HTMLParser):
    """`forms`, `addresses` and `scripts` of a page."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self.addresses: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self._open: Form | None = None
        self._area: Box | None = None
        self._list: Box | None = None
        self.feed(text)

    def posted(self) -> Iterator[Form]:
        return (form for form in self.forms if form.method == "post")

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attributes}
        self.tags.append((tag, values))
        self.addresses += [values[name] for name in ADDRESSES if values.get(name)]
        if tag == "form":
            self._open = Form(values.get("action", ""), values.get("method", "get").lower())
            self.forms.append(self._open)
        elif self._open is not None:
            self._into(self._open, tag, values)

    def _into(self, form: Form, tag: str, values: dict[str, str]) -> None:
        name = values.get("name", "")
        if tag == "input":
            kind = values.get("type", "text")
            value = values.get("value", "on" if kind in ("checkbox", "radio") else "")
            form.boxes.append(Box(name, kind, value, "checked" in values))
        elif tag == "button" and values.get("type", "submit") == "submit" and "formaction" not in values:
            form.boxes.append(Box(name, "submit", values.get("value", "")))
        elif tag == "textarea":
            self._area = Box(name, "textarea")
            form.boxes.append(self._area)
        elif tag == "select":
            self._list = Box(name, "select")
            form.boxes.append(self._list)
        elif tag == "option" and self._list is not None:
            self._list.options.append(values.get("value", ""))
            if "selected" in values:
                self._list.value = values.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "textarea":
            self._area = None
        elif tag == "select":
            self._list = None

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._area.value += data
