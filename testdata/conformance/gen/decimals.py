"""Generates decimals.jsonl: + − × ÷, literals, percent and overflow against the big-integer model."""

import random

import decimal_model as model
from cases import Cases

OPERATORS = {"+": model.add, "-": model.subtract, "*": model.multiply, "/": model.divide}
WORDS = {"+": "add", "-": "subtract", "*": "multiply", "/": "divide"}


def random_literal(rng, digits, scale):
    """A literal of at most `digits` digits with `scale` of them behind the point."""
    coefficient = rng.randrange(10 ** rng.randint(1, digits))
    if scale == 0:
        return str(coefficient)
    text = str(coefficient).rjust(scale + 1, "0")
    return text[:-scale] + "." + text[-scale:]


def operand(rng):
    """Source text and value of an operand: everyday sizes, wide ones, ties and edges; sometimes negative."""
    shape = rng.randrange(8)
    if shape <= 2:
        text = random_literal(rng, 7, rng.randint(0, 4))
    elif shape <= 5:
        digits = rng.randint(12, 28)
        text = random_literal(rng, digits, rng.randint(0, 28))
    elif shape == 6:
        text = rng.choice(["0.5", "1.5", "2.5", "0.25", "0.125", "3", "7", "0.0000000000000000000000000001"])
    else:
        text = rng.choice(["79228162514264337593543950335", "7.9228162514264337593543950335", "9999999999999999999999999999",
                           "39614081257132168796771975168", "18446744073709551616", "9223372036854775807", "0.3333333333333333333333333333"])
    value = model.literal(text)
    if rng.random() < 0.25:
        return "-" + text, (-value[0], value[1])
    return text, value


def operations(out, rng):
    for symbol, operate in OPERATORS.items():
        wanted, overflows = 30, 6
        while wanted or overflows:
            (left, a), (right, b) = operand(rng), operand(rng)
            source = f"அச்சு {left} {symbol} {right};"
            try:
                answer = model.display(operate(a, b))
            except (model.Overflow, model.DivisionByZero):
                if overflows:
                    overflows -= 1
                    out.add("overflow-" + WORDS[symbol], f'அச்சு "முன்"; {source}', "முன்", "run")
                continue
            if wanted:
                wanted -= 1
                out.add(WORDS[symbol], source, answer)
            elif symbol == "-" or symbol == "+" or symbol == "/":
                # Overflow is rare here by chance: make the operands that do it.
                overflows -= 1
                out.add("overflow-" + WORDS[symbol], *forced_overflow(rng, symbol))


def forced_overflow(rng, symbol):
    edge = "79228162514264337593543950335"
    small = random_literal(rng, 6, 0)
    if symbol == "/":
        return f"அச்சு {edge} / 0.{small};", "", "run"
    sign = "-" if rng.random() < 0.5 else ""
    second = f"{int(small) + 1}"
    if sign == "" and symbol == "+" or sign == "-" and symbol == "-":
        return f"அச்சு {sign}{edge} {symbol} {second};", "", "run"
    return f"அச்சு {sign}{edge} {symbol} -{second};", "", "run"


def literals(out, rng):
    for _ in range(30):
        whole = random_literal(rng, rng.choice([1, 3, 28]), 0)
        fraction = "".join(rng.choice("0123456789") for _ in range(rng.randint(20, 34)))
        if rng.random() < 0.3:
            fraction = fraction[: max(0, 28 - len(whole))] + "5"
        text = f"{whole}.{fraction}"
        out.add("literal", f"அச்சு {text};", model.display(model.literal(text)))
    for _ in range(6):
        text = str(model.MAX + rng.randrange(1, 10**20)) + rng.choice(["", ".5", ".000"])
        out.add("literal-too-large", f'அச்சு "முன்"; அச்சு {text};', "", "lex")


def percents(out, rng):
    for _ in range(12):
        text = random_literal(rng, rng.choice([3, 5, 26]), rng.randint(0, 4))
        (base, value) = operand(rng)
        try:
            answer = model.display(model.multiply(value, model.percent(text)))
        except model.Overflow:
            continue
        out.add("percent", f"அச்சு {text}%; அச்சு {base} * {text}%;", model.display(model.percent(text)) + "\n" + answer)


def sums(out, rng):
    """Running sums, products and quotients, printed at each step: rounding must agree all the way."""
    for _ in range(24):
        text, value = operand(rng)
        source, lines = [f"எண் அ = {text};"], []
        for _ in range(12):
            symbol = rng.choice("++--**/")
            text, number = operand(rng)
            try:
                value = OPERATORS[symbol](value, number)
            except (model.Overflow, model.DivisionByZero):
                continue
            source.append(f"அ = அ {symbol} {text}; அச்சு அ;")
            lines.append(model.display(value))
        out.add("steps", "\n".join(source), "\n".join(lines))


def comparisons(out, rng):
    for _ in range(12):
        (left, a), (right, b) = operand(rng), operand(rng)
        x, y, _ = model.align(a, b)
        answers = [x < y, x <= y, x > y, x >= y, x == y, x != y]
        source = " ".join(f"அச்சு {left} {symbol} {right};" for symbol in ["<", "<=", ">", ">=", "==", "!="])
        out.add("compare", source, "\n".join(str(answer).lower() for answer in answers))


def main():
    rng = random.Random(20240229)
    out = Cases("decimals.jsonl")
    operations(out, rng)
    literals(out, rng)
    percents(out, rng)
    sums(out, rng)
    comparisons(out, rng)
    out.write()


if __name__ == "__main__":
    main()
