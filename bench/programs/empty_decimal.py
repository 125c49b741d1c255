from decimal import Decimal
print("வணக்கம்")
