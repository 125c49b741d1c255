"""Display text of Python values as eTamil prints them (language/semantics.md 1.1)."""


def display(value):
    """bool, int, str, list, dict and None as அச்சு prints them."""
    if value is None:
        return "nil"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "[" + ", ".join(display(item) for item in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {display(value[key])}" for key in sorted(value)) + "}"
    return str(value)
