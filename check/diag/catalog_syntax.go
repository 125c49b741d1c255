package diag

func syntaxErrors() []Entry { return nil }

func syntaxWarnings() []Entry { return nil }
