package config

import (
	"reflect"
	"strings"
	"sync"
)

// field is one struct field as its tags describe it.
//
//	toml:"name"         the key
//	toml:",key"         holds the element's own key in the table around it (slices of such structs are tables)
//	toml:",rest"        takes the keys that no other field takes
//	check:"a|b"         the words allowed; or one of >0, >=0, >=1, share, chance for numbers
type field struct {
	index []int
	name  string
	check string
	typ   reflect.Type
}

// shape is how a struct reads and writes as a table.
type layout struct {
	fields []field // in order
	key    []int   // index of the key field, nil if none
	rest   *field
}

var layouts sync.Map // reflect.Type -> *layout

func layoutOf(t reflect.Type) *layout {
	if l, ok := layouts.Load(t); ok {
		return l.(*layout)
	}
	l := &layout{}
	l.collect(t, nil)
	layouts.Store(t, l)
	return l
}

func (l *layout) collect(t reflect.Type, at []int) {
	for i := range t.NumField() {
		f := t.Field(i)
		index := append(append([]int{}, at...), i)
		if f.Anonymous && f.Type.Kind() == reflect.Struct && !isLeaf(f.Type) {
			l.collect(f.Type, index)
			continue
		}
		tag, ok := f.Tag.Lookup("toml")
		if !ok {
			continue
		}
		name, opt, _ := strings.Cut(tag, ",")
		fd := field{index: index, name: name, check: f.Tag.Get("check"), typ: f.Type}
		switch opt {
		case "key":
			l.key = index
		case "rest":
			l.rest = &fd
		default:
			l.fields = append(l.fields, fd)
		}
	}
}

func (l *layout) field(name string) *field {
	for i := range l.fields {
		if l.fields[i].name == name {
			return &l.fields[i]
		}
	}
	return nil
}

func (l *layout) names() []string {
	names := make([]string, len(l.fields))
	for i := range l.fields {
		names[i] = l.fields[i].name
	}
	return names
}

// leaf is a type that reads and writes itself: a number, a pick, a date.
type leaf interface {
	read(d *decoder, n *node, check string)
	// write is the value as a tree without places, nil if it is absent.
	write() *node
}

var leafType = reflect.TypeFor[leaf]()

// isLeaf reports whether *t is a leaf, in its own right and not through an embedded field.
func isLeaf(t reflect.Type) bool { return reflect.PointerTo(t).Implements(leafType) }

// isKeyed reports whether values of this type stand in the file as a table by key.
func isKeyed(t reflect.Type) bool {
	return t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Struct && layoutOf(t.Elem()).key != nil
}
