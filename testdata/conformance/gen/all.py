"""Writes every generated file anew: python3 testdata/conformance/gen/all.py"""

import aliasing
import decimals
import order

for generator in (decimals, aliasing, order):
    generator.main()
