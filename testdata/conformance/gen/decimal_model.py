"""The exact numbers of eTamil (language/semantics.md 1.3) as a big-integer model, independent of the Go implementation.

A number is (c, s): the signed coefficient c and the scale s, with value c / 10**s, |c| <= MAX and 0 <= s <= 28.
"""

MAX = 2**96 - 1
MAX_SCALE = 28


class Overflow(Exception):
    """The result does not fit 96 bits, which is a run-time error."""


class DivisionByZero(Exception):
    """The divisor is zero, which is a run-time error."""


class DoesNotFit(Exception):
    """The integer part of a literal does not fit, which is a lexical error."""


def divide_half_even(numerator, denominator):
    """Rounds numerator/denominator (both >= 0) to an integer, a half going to the even neighbour."""
    quotient, rest = divmod(numerator, denominator)
    twice = 2 * rest
    if twice > denominator or (twice == denominator and quotient % 2 == 1):
        quotient += 1
    return quotient


def divide_half_up(numerator, denominator):
    """Rounds numerator/denominator (both >= 0) to an integer, a half going up."""
    return (2 * numerator + denominator) // (2 * denominator)


def signed(sign, magnitude):
    return -magnitude if sign < 0 else magnitude


def reduce_exact(c, s, divide=divide_half_even, failure=Overflow):
    """Drops the fewest trailing digits so that scale and coefficient fit, rounding once."""
    magnitude = abs(c)
    for k in range(max(0, s - MAX_SCALE), s + 1):
        rounded = divide(magnitude, 10**k)
        if rounded <= MAX:
            return signed(c, rounded), s - k
    raise failure


def align(a, b):
    s = max(a[1], b[1])
    return a[0] * 10 ** (s - a[1]), b[0] * 10 ** (s - b[1]), s


def add(a, b):
    x, y, s = align(a, b)
    return reduce_exact(x + y, s)


def subtract(a, b):
    x, y, s = align(a, b)
    return reduce_exact(x - y, s)


def multiply(a, b):
    return reduce_exact(a[0] * b[0], a[1] + b[1])


def divide(a, b):
    """Takes the largest scale whose half-even rounded quotient fits."""
    if b[0] == 0:
        raise DivisionByZero
    sign = -1 if (a[0] < 0) != (b[0] < 0) else 1
    for s in range(MAX_SCALE, -1, -1):
        numerator = abs(a[0]) * 10 ** (b[1] + s)
        denominator = abs(b[0]) * 10 ** a[1]
        quotient = divide_half_even(numerator, denominator)
        if quotient <= MAX:
            return signed(sign, quotient), s
    raise Overflow


def literal(text):
    """Reads the digits of a literal; what does not fit is rounded half up."""
    whole, _, fraction = text.partition(".")
    return reduce_exact(int(whole + fraction), len(fraction), divide_half_up, DoesNotFit)


def percent(text):
    """Reads `text%`."""
    return divide(literal(text), (100, 0))


def display(a):
    """Prints as அச்சு does: plain decimal, no trailing zeros, no exponent, no negative zero."""
    c, s = a
    if c == 0:
        return "0"
    digits = str(abs(c)).rjust(s + 1, "0")
    text = digits[: len(digits) - s]
    fraction = digits[len(digits) - s :].rstrip("0")
    if fraction:
        text += "." + fraction
    return ("-" if c < 0 else "") + text
