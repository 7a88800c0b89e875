package optim

import "reflect"

// copyWith returns a copy of opt in which every field that a Follow sets holds
// value(f), and there are no Follows. Follow.String and Follow.Validate ask the
// copy, since other goroutines may read opt meanwhile. Of an optimizer of this
// package the hyperparameters are copied, but not those that are followed, of
// others all fields.
func copyWith(opt Optimizer, value func(f *Follow) float64) Optimizer {
	c := copier{value, map[uintptr]float64{}, map[uintptr]Optimizer{}}
	return c.copy(opt)
}

type copier struct {
	value    func(f *Follow) float64
	followed map[uintptr]float64   // value by the address of the field
	copies   map[uintptr]Optimizer // by the address of the original
}

func (c *copier) copy(opt Optimizer) Optimizer {
	if f, ok := opt.(*Follow); ok {
		c.followed[reflect.ValueOf(f.Field).Pointer()] = c.value(f)
		return c.copy(f.Inner)
	}
	v := reflect.ValueOf(opt)
	switch {
	case v.Kind() == reflect.Struct:
		twin := reflect.New(v.Type()).Elem()
		twin.Set(v)
		c.fields(twin, twin)
		return twin.Interface().(Optimizer)
	case v.Kind() != reflect.Pointer || v.IsNil() || v.Elem().Kind() != reflect.Struct:
		return opt
	}
	twin, ok := c.copies[v.Pointer()]
	if !ok {
		p := reflect.New(v.Type().Elem())
		twin = p.Interface().(Optimizer)
		c.copies[v.Pointer()] = twin
		c.fields(p.Elem(), v.Elem())
	}
	return twin
}

// fields copies the fields of a struct.
func (c *copier) fields(dst, src reflect.Value) {
	ours := src.Type().PkgPath() == reflect.TypeFor[copier]().PkgPath()
	for i := range src.NumField() {
		if src.Type().Field(i).IsExported() || !ours {
			c.set(open(dst.Field(i)), open(src.Field(i)))
		}
	}
}

// open makes a field that is not exported open to reading and writing.
func open(v reflect.Value) reflect.Value {
	return reflect.NewAt(v.Type(), v.Addr().UnsafePointer()).Elem()
}

func (c *copier) set(dst, src reflect.Value) {
	optimizer := reflect.TypeFor[Optimizer]()
	switch t := src.Type(); {
	case t.Kind() == reflect.Float64:
		if x, ok := c.followed[src.Addr().Pointer()]; ok {
			dst.SetFloat(x)
			return
		}
	case t == reflect.TypeFor[*float64]():
		if x, ok := c.followed[src.Pointer()]; ok {
			dst.Set(reflect.ValueOf(&x))
			return
		}
	case t.Kind() == reflect.Struct:
		c.fields(dst, src)
		return
	case t.Kind() == reflect.Array:
		for i := range src.Len() {
			c.set(dst.Index(i), src.Index(i))
		}
		return
	case t == reflect.TypeFor[[]Part](), t.Kind() == reflect.Slice && t.Elem().Implements(optimizer):
		dst.Set(reflect.MakeSlice(t, src.Len(), src.Len()))
		for i := range src.Len() {
			c.set(dst.Index(i), src.Index(i))
		}
		return
	case (t.Kind() == reflect.Interface || t.Kind() == reflect.Pointer) && !src.IsNil():
		if o, ok := src.Interface().(Optimizer); ok {
			if twin := reflect.ValueOf(c.copy(o)); twin.Type().AssignableTo(t) {
				dst.Set(twin)
				return
			}
		}
	}
	dst.Set(src)
}
