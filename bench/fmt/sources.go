package main

// The same function in three languages, untidily; $ is its number.
const (
	goFunction = `// invoice$ adds the tax of a line to the total.
func invoice$(price float64,quantity float64,kind string) (float64,error) {
 total:=0.0
 rates:=[]float64{0.05,0.12,0.18,0.28}
 line:=map[string]any{"kind": kind,"price": price,"tags": []string{"a","b"}}
 for i:=0; i < 4; i++ {
  if price*quantity > 1000.50 && kind == "goods" || kind != "service" {
   total=total + price*quantity*(1+rates[i])
  } else if check$(line,"price") {
   total=total - discount(price,quantity-1)/2
  } else {
   return 0,failed("line " + kind)
  }
 }
 for _,tag:=range tags(line) {
  fmt.Println("tag "+tag,total,line["kind"])
 }
 line["total"]=total
 return round(total,2),nil
}

`
	etamilFunction = `// விலைப்பட்டியல்$ ஒரு வரியின் வரியை மொத்தத்தில் சேர்க்கும்.
செயல் விலைப்பட்டியல்$(எண் விலை,எண் அளவு,சொல் பிரிவு) {
  மொத்தம்=0.0;
  வீதங்கள்=[0.05,0.12,0.18,0.28];
  பதிவு={"பிரிவு": பிரிவு,"விலை": விலை,"குறிகள்": ["அ","ஆ"]};
  எ=0;
  (எ < 4) சுற்று {
    (விலை * அளவு > 1000.50 மற்றும் பிரிவு == "சரக்கு" அல்லது பிரிவு != "சேவை") எனில் {
      மொத்தம்=மொத்தம் + விலை * அளவு * (1 + வீதங்கள்[எ]);
    } இன்றேல் (சோதி$(பதிவு,"விலை")) எனில் {
      மொத்தம்=மொத்தம் - கழிவு(விலை,அளவு - 1) / 2;
    } இன்றேல் {
      திரும்பு தவறு("வரி " & பிரிவு);
    }
    எ=எ + 1;
  }
  ஒவ்வொரு குறி_ இல் பதிவு.குறிகள் {
    அச்சு "குறி " & குறி_ & மொத்தம் & பதிவு["பிரிவு"];
  }
  பதிவு.மொத்தம்=மொத்தம்;
  திரும்பு சரி(வட்டமிடு(மொத்தம்,2));
}

`
	jsFunction = `// invoice$ adds the tax of a line to the total.
function invoice$(price,quantity,kind) {
  let total=0.0;
  const rates=[0.05,0.12,0.18,0.28];
  const line={"kind": kind,"price": price,"tags": ["a","b"]};
  for (let i=0; i < 4; i++) {
    if (price * quantity > 1000.50 && kind == "goods" || kind != "service") {
      total=total + price * quantity * (1 + rates[i]);
    } else if (check$(line,"price")) {
      total=total - discount(price,quantity - 1) / 2;
    } else {
      return failed("line " + kind);
    }
  }
  for (const tag of line.tags) {
    console.log("tag " + tag,total,line["kind"]);
  }
  line.total=total;
  return round(total,2);
}

`
)
