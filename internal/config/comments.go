package config

import (
	"embed"
	"go/ast"
	"go/parser"
	"go/token"
	"reflect"
	"strings"
	"sync"
)

// The comments of the structs are the one place that says what a key means: they are embedded with the
// program, and the schema quotes them.
//
//go:embed scenario.go issue.go party.go interest.go number.go clock.go audience.go escalation.go reference.go economy.go delivery.go design.go observed.go hold.go
var sources embed.FS

// comments are the comments of types (by name) and of their fields (Type.Field), on one line each;
// lines that are set apart as code stand at the end.
var comments = sync.OnceValue(func() map[string]string {
	found := make(map[string]string)
	entries, err := sources.ReadDir(".")
	if err != nil {
		panic("config: " + err.Error()) // it is part of the program
	}
	for _, e := range entries {
		text, err := sources.ReadFile(e.Name())
		if err != nil {
			panic("config: " + err.Error())
		}
		file, err := parser.ParseFile(token.NewFileSet(), e.Name(), text, parser.ParseComments)
		if err != nil {
			panic("config: " + err.Error())
		}
		for _, d := range file.Decls {
			if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.TYPE {
				for _, spec := range g.Specs {
					note(found, g.Doc, spec.(*ast.TypeSpec))
				}
			}
		}
	}
	return found
})

func note(found map[string]string, doc *ast.CommentGroup, t *ast.TypeSpec) {
	name := t.Name.Name
	found[name] = oneLine(doc.Text())
	s, ok := t.Type.(*ast.StructType)
	if !ok {
		return
	}
	for _, f := range s.Fields.List {
		text := f.Doc.Text()
		if text == "" {
			text = f.Comment.Text()
		}
		for _, n := range f.Names {
			found[name+"."+n.Name] = oneLine(text)
		}
	}
}

// oneLine joins the lines of a comment; code lines, set in by a tab, stay lines.
func oneLine(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		switch {
		case strings.HasPrefix(line, "\t"):
			b.WriteString("\n" + strings.TrimSpace(line))
		case line != "":
			if b.Len() > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(line)
		}
	}
	return b.String()
}

// commentOf is the comment of a struct's field, found through embedded structs.
func commentOf(t reflect.Type, index []int) string {
	for _, i := range index[:len(index)-1] {
		t = t.Field(i).Type
	}
	return comments()[t.Name()+"."+t.Field(index[len(index)-1]).Name]
}
