package importer

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Bounds on what is read, so that no file can exhaust the machine.
const (
	maxBytes    = 64 << 20
	maxDepth    = 64
	maxElements = 1_000_000
)

// element is one element of an XML file with its attributes. Text is not kept: the format has none.
type element struct {
	at    place
	name  string
	attrs []xml.Attr
	kids  []*element
}

// attr is an attribute's value, and whether it is there.
func (e *element) attr(name string) (string, bool) {
	for i := range e.attrs {
		if e.attrs[i].Name.Local == name {
			return e.attrs[i].Value, true
		}
	}
	return "", false
}

// kid is the first child of this name, nil if there is none.
func (e *element) kid(name string) *element {
	for _, k := range e.kids {
		if k.name == name {
			return k
		}
	}
	return nil
}

// all calls f for every element of this name under e, in file order.
func (e *element) all(name string, f func(*element)) {
	for _, k := range e.kids {
		if k.name == name {
			f(k)
		}
		k.all(name, f)
	}
}

// newDecoder reads XML without ever opening anything else: encoding/xml skips document type
// declarations and knows no entities but the five of XML.
func newDecoder(data []byte) *xml.Decoder {
	d := xml.NewDecoder(bytes.NewReader(data))
	d.CharsetReader = latin
	return d
}

// latin reads the encodings that such files are in besides UTF-8.
func latin(charset string, in io.Reader) (io.Reader, error) {
	switch strings.ToLower(charset) {
	case "utf-8", "utf8", "us-ascii", "ascii":
		return in, nil
	case "iso-8859-1", "latin1", "latin-1", "windows-1252", "cp1252":
		b, err := io.ReadAll(in)
		if err != nil {
			return nil, err
		}
		var out strings.Builder
		for _, c := range b {
			out.WriteRune(rune(c))
		}
		return strings.NewReader(out.String()), nil
	}
	return nil, fmt.Errorf("its encoding is %s; UTF-8 and ISO-8859-1 are read", short(charset))
}

// rootOf is the name of an XML file's root element.
func rootOf(file string, data []byte) (string, error) {
	d := newDecoder(data)
	for {
		t, err := d.Token()
		if err != nil {
			return "", syntax(file, d, err)
		}
		if s, ok := t.(xml.StartElement); ok {
			return s.Name.Local, nil
		}
	}
}

// parseXML reads a file into a tree.
func parseXML(file string, data []byte) (*element, error) {
	d := newDecoder(data)
	root := &element{at: place{file: file}}
	open := []*element{root}
	count := 0
	for {
		t, err := d.Token()
		if err == io.EOF {
			if len(root.kids) == 0 {
				return nil, root.at.errorf("there is no element in it")
			}
			return root.kids[0], nil
		}
		if err != nil {
			return nil, syntax(file, d, err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			line, _ := d.InputPos()
			e := &element{at: place{file, line}, name: t.Name.Local, attrs: t.Attr}
			if len(open) > maxDepth {
				return nil, e.at.errorf("elements are nested more than %d deep", maxDepth)
			}
			if count++; count > maxElements {
				return nil, e.at.errorf("more than %d elements", maxElements)
			}
			top := open[len(open)-1]
			top.kids = append(top.kids, e)
			open = append(open, e)
		case xml.EndElement:
			open = open[:len(open)-1]
		}
	}
}

// syntax says where a file stops being XML.
func syntax(file string, d *xml.Decoder, err error) error {
	line, _ := d.InputPos()
	var se *xml.SyntaxError
	switch {
	case errors.As(err, &se):
		if strings.Contains(se.Msg, "invalid character entity") {
			return place{file, se.Line}.errorf("%s; entities other than those of XML itself are not resolved", short(se.Msg))
		}
		return place{file, se.Line}.errorf("%s; this is not XML", short(se.Msg))
	case err == io.EOF:
		return place{file: file}.errorf("there is no element in it")
	}
	return place{file, line}.errorf("%s", strings.TrimPrefix(err.Error(), "xml: "))
}
