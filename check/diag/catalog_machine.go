package diag

func machineErrors() []Entry { return nil }
