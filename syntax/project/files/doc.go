// Package files finds the programs of a folder, the same ones for every command and for the language server: files that end
// in .qmz, without what lies in folders of tools, what .gitignore files name and what the project excludes. It reads
// through an fs.FS whose names are the slash-separated paths that the caller has, relative or absolute.
//
//	f := files.New(disk, absolute, project.Excludes)
//	f.Walk(".", func(name string) { … }, func(name string, err error) { … })
package files
