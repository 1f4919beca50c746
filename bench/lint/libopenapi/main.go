// What vacuum does with a description before its rules run, by the library that it is built on: read, index, follow references, look for
// circles, build the model, resolve. `main FILE`; prints how many paths there are, and what went wrong.
package main

import (
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/pb33f/libopenapi"
	"github.com/pb33f/libopenapi/datamodel"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "Give one file.")
		os.Exit(2)
	}
	if err := read(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
}

func read(path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	config := datamodel.NewDocumentConfiguration()
	config.BasePath = filepath.Dir(path)
	config.SpecFilePath = path
	config.AllowFileReferences = true
	config.Logger = slog.New(slog.NewTextHandler(io.Discard, nil))
	document, err := libopenapi.NewDocumentWithConfiguration(text, config)
	if err != nil {
		return err
	}
	paths, err := build(document)
	if rolodex := document.GetRolodex(); rolodex != nil {
		rolodex.Resolve()
		for _, one := range rolodex.GetCaughtErrors() {
			fmt.Println(one)
		}
	}
	// Circles are among the errors, and no reason to stop.
	if err != nil {
		fmt.Println(err)
	}
	fmt.Println(paths, "paths")
	return nil
}

// Gives the number of paths; -1 when there is no model.
func build(document libopenapi.Document) (int, error) {
	if document.GetSpecInfo().SpecFormat == datamodel.OAS2 {
		model, err := document.BuildV2Model()
		if model == nil || model.Model.Paths == nil {
			return -1, err
		}
		return model.Model.Paths.PathItems.Len(), err
	}
	model, err := document.BuildV3Model()
	if model == nil || model.Model.Paths == nil {
		return -1, err
	}
	return model.Model.Paths.PathItems.Len(), err
}
