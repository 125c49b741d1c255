"""Generates aliasing.jsonl: random programs that copy, store, change, append and pass arrays and records.

The model is deep copying at every assignment, argument, capture and store, which is what value semantics means
(language/semantics.md 1 and 2). A program is made and run at the same time, so every index is known to be in range.
"""

import random

from cases import Cases
from display import display

NAMES = ["அ", "ஆ", "கணக்கு_அ", "pattiyal", "R", "ஏடு"]
KEYS = ["x", "அசல்", "k2"]
SIZE_LIMIT = 40


def size(value):
    if isinstance(value, list):
        return 1 + sum(map(size, value))
    if isinstance(value, dict):
        return 1 + sum(map(size, value.values()))
    return 1


def clone(value):
    """Copies a value at every level. copy.deepcopy would keep two places that share one list sharing it."""
    if isinstance(value, list):
        return [clone(item) for item in value]
    if isinstance(value, dict):
        return {key: clone(item) for key, item in value.items()}
    return value


class Scope:
    """The variables of one call, over the globals that it can only read."""

    def __init__(self, outer=None, names=()):
        self.own = {}
        self.outer = outer
        self.visible = names

    def get(self, name):
        return self.own[name] if name in self.own else self.outer.own[name]

    def set(self, name, value):
        self.own[name] = clone(value)

    def names(self):
        outer = [] if self.outer is None else [n for n in self.visible if n in self.outer.own]
        return list(dict.fromkeys(list(self.own) + outer))


class Program:
    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.globals = Scope()
        self.functions = 0
        self.lines = []
        self.output = []

    # Expressions: each answers source text and the value.

    def number(self):
        n = self.rng.randrange(100)
        return str(n), n

    def fresh(self, depth=0):
        kind = self.rng.randrange(4 if depth < 2 else 1)
        if kind == 0:
            return self.number()
        parts = [self.fresh(depth + 1) for _ in range(self.rng.randint(1, 3))]
        if kind == 1 or kind == 2:
            return "[" + ", ".join(p[0] for p in parts) + "]", [p[1] for p in parts]
        keys = self.rng.sample(KEYS, len(parts))
        text = ", ".join(f"{k}: {p[0]}" for k, p in zip(keys, parts))
        return "{" + text + "}", dict(zip(keys, [p[1] for p in parts]))

    def path(self, scope, least=0):
        """A place inside a variable, as deep as chance has it: text, the name, and the keys that lead there."""
        names = [n for n in scope.names() if least == 0 or isinstance(scope.get(n), (list, dict)) and scope.get(n)]
        if not names:
            return None
        name = self.rng.choice(names)
        value, text, keys = scope.get(name), name, []
        while isinstance(value, (list, dict)) and value and (len(keys) < least or self.rng.random() < 0.5):
            if isinstance(value, list):
                key = self.rng.randrange(len(value))
                text += f"[{key}]"
            else:
                key = self.rng.choice(sorted(value))
                text += self.rng.choice([f".{key}", f'["{key}"]'])
            keys.append(key)
            value = value[key]
        return text, name, keys, value

    def expression(self, scope):
        """A new value, a place, or a literal that holds places."""
        chance = self.rng.random()
        place = self.path(scope)
        if place is None or chance < 0.2:
            return self.fresh()
        text, _, _, value = place
        if chance < 0.6:
            return text, value
        other = self.path(scope)
        if chance < 0.75:
            return f"[{text}, {other[0]}]", [value, other[3]]
        if chance < 0.88:
            return f"{{x: {text}, அசல்: {other[0]}}}", {"x": value, "அசல்": other[3]}
        return f"மதிப்பு(சரி({text}))", value

    def small(self, scope):
        text, value = self.expression(scope)
        return (text, value) if size(value) <= SIZE_LIMIT else self.number()

    # Statements: each appends lines and changes the scope.

    def assign(self, scope, lines, names):
        text, value = self.small(scope)
        name = self.rng.choice(names)
        scope.set(name, value)
        lines.append(f"{name} = {text};")

    def write(self, scope, lines, names):
        """Changes a part; in a function this makes a changed local copy of a global."""
        place = self.path(scope, least=1)
        if place is None:
            return
        target, name, keys, _ = place
        text, value = self.small(scope)
        if size(value) + size(scope.get(name)) > 2 * SIZE_LIMIT:
            text, value = self.number()
        changed = clone(scope.get(name))
        inner = changed
        for key in keys[:-1]:
            inner = inner[key]
        inner[keys[-1]] = clone(value)
        scope.set(name, changed)
        lines.append(f"{target} = {text};")

    def append(self, scope, lines, names):
        arrays = [n for n in scope.names() if isinstance(scope.get(n), list)]
        if not arrays:
            return
        source = self.rng.choice(arrays)
        target = source if self.rng.random() < 0.6 else self.rng.choice(names)
        text, value = self.small(scope)
        scope.set(target, scope.get(source) + [clone(value)])
        lines.append(f"{target} = இணை({source}, {text});")

    def loop(self, scope, lines, names):
        """Changes the collection while it is walked: the walk sees the snapshot."""
        arrays = [n for n in scope.names() if n != "உறுப்பு" and isinstance(scope.get(n), list) and 0 < len(scope.get(n)) < 4]
        if not arrays:
            return
        name = self.rng.choice(arrays)
        snapshot = clone(scope.get(name))
        if self.rng.random() < 0.5:
            lines.append(f"ஒவ்வொரு உறுப்பு இல் {name} {{ {name} = இணை({name}, உறுப்பு); }}")
            scope.set(name, snapshot + snapshot)
            scope.set("உறுப்பு", snapshot[-1])
            return
        lines.append(f"ஒவ்வொரு உறுப்பு இல் {name} {{ {name}[0] = உறுப்பு; உறுப்பு = 0; }}")
        scope.set(name, [snapshot[-1]] + snapshot[1:])
        scope.set("உறுப்பு", 0)

    def call(self, scope, lines, names):
        """Makes a function, calls it on a place, and keeps what it answers."""
        if scope.outer is not None:
            self.lambda_call(scope, lines, names)
            return
        self.functions += 1
        function = f"செய்_{self.functions}"
        inner = Scope(self.globals, list(self.globals.own))
        place, argument = self.small(scope)
        inner.set("p", argument)
        body = self.body(inner, ["p", "q"] + list(self.globals.own)[:2], 3)
        result, value = self.small(inner)
        lines.append(f"செயல் {function}(p) {{")
        lines.extend("    " + line for line in body)
        lines.append(f"    திரும்பு {result};")
        lines.append("}")
        name = self.rng.choice(names)
        lines.append(f"{name} = {function}({place});")
        scope.set(name, value)

    def lambda_call(self, scope, lines, names):
        """A lambda in a function: it holds copies of the locals as they are now."""
        inner = Scope()
        for name, value in scope.own.items():
            inner.set(name, value)
        place, argument = self.small(scope)
        inner.set("w", argument)
        body = self.body(inner, ["w"] + list(scope.own), 2)
        result, value = self.small(inner)
        lines.append("மறை_செயல் = செயல்(w) { " + " ".join(body) + f" திரும்பு {result}; }};")
        change = self.rng.choice(list(scope.own))
        lines.append(f"{change} = 1000;")
        name = self.rng.choice(names)
        # The argument is evaluated after the change, so it is passed by a variable of its own.
        lines.insert(len(lines) - 2, f"பிரதி = {place};")
        lines.append(f"{name} = மறை_செயல்(பிரதி);")
        scope.set(change, 1000)
        scope.set("பிரதி", argument)
        if change == "பிரதி":
            raise RuntimeError("the copy's name is never a local before")
        scope.set(name, value)

    def body(self, scope, names, count):
        lines = []
        for _ in range(self.rng.randint(1, count)):
            step = self.rng.choice([self.assign, self.write, self.write, self.append, self.loop])
            step(scope, lines, names)
        if scope.outer is not None and "பிரதி" not in scope.own and self.rng.random() < 0.4:
            self.lambda_call(scope, lines, names)
        return lines

    def print(self, scope, name):
        self.lines.append(f'அச்சு "{name}: " & {name};')
        self.output.append(f"{name}: {display(scope.get(name))}")

    def build(self, steps):
        scope, names = self.globals, NAMES[: self.rng.randint(3, len(NAMES))]
        for name in names:
            text, value = self.fresh()
            scope.set(name, value)
            self.lines.append(f"{name} = {text};")
        moves = [self.assign] * 3 + [self.write] * 5 + [self.append] * 3 + [self.loop] + [self.call] * 3
        for step in range(steps):
            self.rng.choice(moves)(scope, self.lines, names)
            if step % 5 == 4:
                self.print(scope, self.rng.choice(names))
        for name in scope.names():
            self.print(scope, name)
        return "\n".join(self.lines), "\n".join(self.output)


def main():
    out = Cases("aliasing.jsonl")
    for seed in range(120):
        source, stdout = Program(1000 + seed).build(6 + seed // 5)
        out.add("aliasing", source, stdout)
    out.write()


if __name__ == "__main__":
    main()
