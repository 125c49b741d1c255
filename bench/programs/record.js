function run(n) {
  const account = { balance: 0, count: 0, name: "account" };
  let i = 0;
  while (i < n) {
    account.count = account.count + 1;
    account.balance = account.balance + account.count;
    i = i + 1;
  }
  return account.balance;
}
console.log(run(Number(require("fs").readFileSync(0, "utf8"))));
