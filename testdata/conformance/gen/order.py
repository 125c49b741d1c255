"""Generates order.jsonl: expressions whose parts print a letter when they are evaluated.

The model evaluates left to right, arguments before the call, with மற்றும் and அல்லது stopping early, a comparison chain
stopping at its first false link, and `?` on தவறு leaving the function at once (language/semantics.md 1.2, 2, 2.1).
Brackets are written only where the precedence of grammar.md 4.4 needs them.
"""

import random

from cases import Cases
from display import display

OR, AND, NOT, COMPARE, SUM, PRODUCT, PRIMARY = range(1, 8)

HEADER = {
    "t": "செயல் t(பெயர், ம) { அச்சு பெயர்; திரும்பு ம; }",
    "கூட்டு": 'செயல் கூட்டு(அ, ஆ, இ) { அச்சு "கூட்டு"; திரும்பு அ + ஆ * 2 + இ * 3; }',
    "தலைகீழ்": 'செயல் தலைகீழ்(அ, ஆ) { அச்சு "தலைகீழ்"; திரும்பு [ஆ, அ]; }',
}


class Abandoned(Exception):
    """`?` met தவறு(value)."""


def truthy(value):
    return bool(value)


class Order:
    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.letters = 0

    # A node is (source, level, evaluate) where evaluate(trace) answers the value and appends what is printed.

    def leaf(self, value):
        self.letters += 1
        name = f"{chr(ord('a') + (self.letters - 1) % 26)}{self.letters}"
        text = "மெய்" if value is True else "பொய்" if value is False else str(value)

        def evaluate(trace):
            trace.append(name)
            return value

        return f't("{name}", {text})', PRIMARY, evaluate

    def bracket(self, node, level):
        source, own, evaluate = node
        return source if own >= level else f"({source})"

    def number(self, depth):
        kind = self.rng.randrange(9) if depth > 0 else 0
        if kind <= 1:
            return self.leaf(self.rng.randrange(10))
        if kind <= 4:
            return self.arithmetic(depth)
        if kind == 5:
            return self.call(depth)
        if kind == 6:
            return self.index(depth)
        if kind == 7:
            return self.field(depth)
        return self.lambda_call(depth)

    def arithmetic(self, depth):
        symbol, level = self.rng.choice([("+", SUM), ("-", SUM), ("*", PRODUCT)])
        left, right = self.number(depth - 1), self.number(depth - 1)

        def evaluate(trace):
            a, b = left[2](trace), right[2](trace)
            return a + b if symbol == "+" else a - b if symbol == "-" else a * b

        return f"{self.bracket(left, level)} {symbol} {self.bracket(right, level + 1)}", level, evaluate

    def call(self, depth):
        parts = [self.number(depth - 1) for _ in range(3)]

        def evaluate(trace):
            a, b, c = [part[2](trace) for part in parts]
            trace.append("கூட்டு")
            return a + b * 2 + c * 3

        return "கூட்டு(" + ", ".join(part[0] for part in parts) + ")", PRIMARY, evaluate

    def index(self, depth):
        items = [self.number(depth - 1) for _ in range(self.rng.randint(1, 3))]
        at = self.leaf(self.rng.randrange(len(items)))

        def evaluate(trace):
            values = [item[2](trace) for item in items]
            return values[at[2](trace)]

        return "[" + ", ".join(item[0] for item in items) + f"][{at[0]}]", PRIMARY, evaluate

    def field(self, depth):
        keys = self.rng.sample(["z", "அ", "m", "B"], 2)
        values = [self.number(depth - 1) for _ in keys]

        def evaluate(trace):
            made = dict(zip(keys, [value[2](trace) for value in values]))
            return made[keys[0]]

        fields = ", ".join(f"{key}: {value[0]}" for key, value in zip(keys, values))
        return f"{{{fields}}}.{keys[0]}", PRIMARY, evaluate

    def lambda_call(self, depth):
        parts = [self.number(depth - 1) for _ in range(2)]

        def evaluate(trace):
            a, b = [part[2](trace) for part in parts]
            trace.append("λ")
            return a - b

        arguments = ", ".join(part[0] for part in parts)
        return f'செயல்(அ, ஆ) {{ அச்சு "λ"; திரும்பு அ - ஆ; }}({arguments})', PRIMARY, evaluate

    def boolean(self, depth):
        kind = self.rng.randrange(7) if depth > 0 else 0
        if kind == 0:
            return self.leaf(self.rng.choice([True, False]))
        if kind <= 2:
            return self.compare(depth)
        if kind == 3:
            inner = self.boolean(depth - 1)
            return f"இல்லை {self.bracket(inner, NOT)}", NOT, lambda trace: not truthy(inner[2](trace))
        return self.logic(depth)

    def compare(self, depth):
        left, right = self.number(depth - 1), self.number(depth - 1)
        symbol = self.rng.choice(["<", "<=", ">", ">=", "==", "!="])

        def evaluate(trace):
            a, b = left[2](trace), right[2](trace)
            return {"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b, "==": a == b, "!=": a != b}[symbol]

        return f"{self.bracket(left, SUM)} {symbol} {self.bracket(right, SUM)}", COMPARE, evaluate

    def logic(self, depth):
        word, level = self.rng.choice([("மற்றும்", AND), ("அல்லது", OR)])
        left = self.rng.choice([self.boolean, self.number])(depth - 1)
        right = self.rng.choice([self.boolean, self.number])(depth - 1)

        def evaluate(trace):
            first = truthy(left[2](trace))
            if first == (word == "அல்லது"):
                return first
            return truthy(right[2](trace))

        return f"{self.bracket(left, level)} {word} {self.bracket(right, level + 1)}", level, evaluate

    def chain(self, depth):
        """a < x <= b with effects at both ends; the middle is a variable, as the grammar demands."""
        left, right = self.number(depth - 1), self.number(depth - 1)
        middle = self.rng.randrange(10)
        first, second = self.rng.choice(["<", "<="]), self.rng.choice(["<", "<=", "!="])

        def link(a, symbol, b):
            return a < b if symbol == "<" else a <= b if symbol == "<=" else a != b

        def evaluate(trace):
            return link(left[2](trace), first, middle) and link(middle, second, right[2](trace))

        source = f"{self.bracket(left, SUM)} {first} நடு {second} {self.bracket(right, SUM)}"
        return source, COMPARE, evaluate, f"நடு = {middle};\n"


def program(body):
    """Puts the helper functions that the body needs in front of it."""
    needed = [text for name, text in HEADER.items() if f"{name}(" in body]
    return "\n".join(needed) + "\n" + body


def expressions(out, kind, depth, count, seed):
    for i in range(count):
        order = Order(seed + i)
        node = getattr(order, kind)(depth)
        trace = []
        value = node[2](trace)
        before = node[3] if len(node) > 3 else ""
        out.add("order-" + kind, program(f"{before}அச்சு {node[0]};"), "\n".join(trace + [display(value)]))


def abandoned(out, count, seed):
    """`?` on தவறு in the middle: what stands right of it is never evaluated."""
    for i in range(count):
        order = Order(seed + i)
        left, right = order.number(2), order.number(2)
        code = order.rng.randrange(100)
        shapes = [
            f'{left[0]} + தவறு(t("தவறு", {code}))? + {order.bracket(right, PRODUCT)}',
            f'[{left[0]}, தவறு(t("தவறு", {code}))?, {right[0]}]',
            f'கூட்டு({left[0]}, தவறு(t("தவறு", {code}))?, {right[0]})',
            f'{{x: {left[0]}, y: தவறு(t("தவறு", {code}))?, z: {right[0]}}}',
        ]
        trace = []
        left[2](trace)
        body = f"செயல் f() {{ திரும்பு {order.rng.choice(shapes)}; }}\nஅச்சு f();"
        out.add("order-abandoned", program(body), "\n".join(trace + ["தவறு", f"தவறு({code})"]))


def statements(out, count, seed):
    """Conditions, loop heads and returned values are evaluated once for each time they are reached."""
    for i in range(count):
        order = Order(seed + i)
        condition, then, otherwise = order.boolean(3), order.number(2), order.number(2)
        limit = order.rng.randint(1, 3)
        source = (
            f"({condition[0]}) எனில் {{ அச்சு {then[0]}; }} இன்றேல் {{ அச்சு {otherwise[0]}; }}\n"
            f'எண்ணி = 0;\n(t("தலை", எண்ணி) < {limit}) சுற்று {{ எண்ணி = எண்ணி + t("உடல்_", 1); }}\n'
            f'ஒவ்வொரு ப இல் தலைகீழ்({then[0]}, {otherwise[0]}) {{ அச்சு "ப=" & ப; }}'
        )
        trace = []
        branch = then if truthy(condition[2](trace)) else otherwise
        value = branch[2](trace)
        trace.append(display(value))
        for _ in range(limit):
            trace += ["தலை", "உடல்_"]
        trace.append("தலை")
        first, second = then[2](trace), otherwise[2](trace)
        trace += ["தலைகீழ்", f"ப={second}", f"ப={first}"]
        out.add("order-statements", program(source), "\n".join(trace))


def main():
    out = Cases("order.jsonl")
    expressions(out, "number", 3, 25, 3000)
    expressions(out, "boolean", 4, 30, 4000)
    expressions(out, "chain", 2, 12, 5000)
    abandoned(out, 16, 6000)
    statements(out, 12, 7000)
    out.write()


if __name__ == "__main__":
    main()
