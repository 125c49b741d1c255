package format

// between parts the two sides of a pair in testdata.
const between = "\n----------\n"
