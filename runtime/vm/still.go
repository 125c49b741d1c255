package vm

import (
	"maps"
	"slices"
)

// still is a program that grows as it is now, for the tasks that start now: what it means later reaches only what starts later, so
// that nothing changes below a task while it runs. It is made once between two changes of the program, by the run's own goroutine.
func (p *Program) still() *Program {
	if !p.grows {
		return p
	}
	if p.copied != nil {
		return p.copied
	}
	q := &Program{
		files: slices.Clone(p.files), maps: slices.Clone(p.maps), globals: slices.Clone(p.globals), slot: maps.Clone(p.slot),
		natives: slices.Clone(p.natives), nnames: slices.Clone(p.nnames), sites: slices.Clone(p.sites), names: slices.Clone(p.names),
		layouts: slices.Clone(p.layouts), shapes: maps.Clone(p.shapes), shaped: slices.Clone(p.shaped), closure: slices.Clone(p.closure),
		paths: slices.Clone(p.paths), funcs: make([]*Proto, len(p.funcs)), copies: make(map[*Proto]*Proto, len(p.funcs)+1),
	}
	for i, f := range p.funcs {
		q.funcs[i] = q.copyOf(f)
	}
	q.main = q.copyOf(p.main)
	for i := range q.closure {
		q.closure[i].proto = q.copyOf(q.closure[i].proto)
	}
	for i := range q.names {
		if f := q.names[i].fn; f != nil {
			q.names[i].fn = q.copyOf(f)
		}
	}
	p.copied = q
	return q
}

// copyOf is the program's own copy of a function. The code itself is shared: it is never changed, only replaced.
func (p *Program) copyOf(f *Proto) *Proto {
	if q := p.copies[f]; q != nil {
		return q
	}
	q := new(Proto)
	*q = *f
	p.copies[f] = q
	return q
}

// code is what a function means in this program.
func (m *Machine) code(p *Proto) *Proto {
	if m.prog.copies == nil {
		return p
	}
	if q := m.prog.copies[p]; q != nil {
		return q
	}
	return p
}
