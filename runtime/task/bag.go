package task

// bag holds things in no order. Each knows its own place, so that all of it is done in one step, and without hashing.
type bag[T placed] struct{ all []T }

// placed is what remembers its place in a bag.
type placed interface{ place() *int }

func (b *bag[T]) add(x T) {
	*x.place() = len(b.all)
	b.all = append(b.all, x)
}

func (b *bag[T]) remove(x T) {
	i, last := *x.place(), len(b.all)-1
	b.all[i] = b.all[last]
	*b.all[i].place() = i
	var none T
	b.all[last] = none
	b.all = b.all[:last]
}

func (t *Task) place() *int  { return &t.at }
func (p *party) place() *int { return &p.at }
