class Item {
  constructor(price, quantity) { this.price = price; this.quantity = quantity; }
  value(m) { return this.price * this.quantity + m; }
}
function run(n) {
  const item = new Item(3, 2);
  let total = 0, i = 0;
  while (i < n) { total = total + item.value(i); i = i + 1; }
  return total;
}
console.log(run(Number(require("fs").readFileSync(0, "utf8"))));
