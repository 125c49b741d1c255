// Package ezuqqu writes Tamil with one ASCII letter per Tamil letter, and back (language/grammar.md section 9). The
// direction must be asked for, because every ASCII word is also valid romanised Tamil. Both directions keep what the
// scheme has no letter for: digits, "_", punctuation, other scripts, ஶ, Tamil digits and signs.
//
//	ezuqqu.FromTamil("வணக்கம்") // "vaNakkam"
//	ezuqqu.ToTamil("vaNakkam")  // "வணக்கம்"
//
// What does not come back: க்ஷ is written x, and ToTamil reads kS as க்ஷ too; an independent vowel right after a
// consonant with pulli (க்அ) reads as the consonant with that vowel (க); a word that already mixes ASCII letters with
// Tamil (pdf_ஆக்கு) has its ASCII read as Tamil; a vowel sign typed in two parts (ெ + ா) is kept as it stands.
package ezuqqu
