// Package project reads etamil.toml, the one file in which a project says what it is and how it is served, logged and
// checked. Every key has a type, a default and an environment variable, which Keys lists; what is wrong with the file is
// found with its place, as in a program. The package takes bytes and answers values: it reads no file and no environment.
//
//	p, faults := project.Parse("etamil.toml", text)
//	p.Environment(os.LookupEnv)
//	port := p.Int("server.port") // 8080, what the file says, or what ETAMIL_SERVER_PORT says
package project
