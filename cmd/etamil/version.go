package main

import (
	"encoding/json"
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"github.com/etamil-lang/etamil"
)

// version is set by the linker (make build).
var version = "dev"

// build is what `etamil version --json` says.
type build struct {
	Version string `json:"version"`
	Commit  string `json:"commit,omitempty"`
	Go      string `json:"go"`
	OS      string `json:"os"`
	Arch    string `json:"arch"`
}

// thisBuild describes the binary that runs.
func thisBuild() build {
	b := build{Version: version, Go: runtime.Version(), OS: runtime.GOOS, Arch: runtime.GOARCH}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return b
	}
	if b.Version == "dev" && info.Main.Version != "" && info.Main.Version != "(devel)" {
		b.Version = info.Main.Version // go install …@v1.2.3
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			b.Commit = s.Value
		}
	}
	return b
}

// versionCommand is `etamil version`.
func versionCommand(a *app) *cobra.Command {
	var asJSON, licenses bool
	cmd := &cobra.Command{
		Use:     "version",
		Short:   a.text("பதிப்பும் உரிமங்களும்", "the version and the licences"),
		Example: "  etamil version\n  etamil version --json\n  etamil version --licenses",
		Args:    a.noArgs,
		RunE: func(*cobra.Command, []string) error {
			if licenses {
				_, err := fmt.Fprintf(a.stdout, "%s\n%s", etamil.License, etamil.Notice)
				return err
			}
			return printVersion(a, asJSON)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, a.text("JSON வடிவில்", "as JSON"))
	cmd.Flags().BoolVar(&licenses, "licenses", false, a.text("உள்ளிருக்கும் மென்பொருள்களின் உரிமங்கள்", "the licences of all software inside"))
	return cmd
}

func printVersion(a *app, asJSON bool) error {
	b := thisBuild()
	if asJSON {
		return json.NewEncoder(a.stdout).Encode(b)
	}
	_, err := fmt.Fprintf(a.stdout, "etamil %s (%s, %s/%s)\n", b.Version, b.Go, b.OS, b.Arch)
	return err
}
