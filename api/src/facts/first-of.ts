/**
 * The first `count` of the numbers 0 … size - 1 in the order of `compare`, without sorting the others: a heap of the best so
 * far, whose root is the worst of them.
 */
export function firstOf(size: number, count: number, compare: (a: number, b: number) => number): number[] {
  const heap: number[] = []
  for (let item = 0; item < size; item += 1) {
    if (heap.length < count) {
      heap.push(item)
      siftUp(heap, compare)
    } else if (count > 0 && compare(item, heap[0]!) < 0) {
      heap[0] = item
      siftDown(heap, compare)
    }
  }
  return heap.sort(compare)
}

function siftUp(heap: number[], compare: (a: number, b: number) => number): void {
  let child = heap.length - 1
  while (child > 0) {
    const parent = (child - 1) >> 1
    if (compare(heap[child]!, heap[parent]!) <= 0) return
    swap(heap, child, parent)
    child = parent
  }
}

function siftDown(heap: number[], compare: (a: number, b: number) => number): void {
  let parent = 0
  for (;;) {
    let worst = parent
    for (const child of [2 * parent + 1, 2 * parent + 2]) {
      if (child < heap.length && compare(heap[child]!, heap[worst]!) > 0) worst = child
    }
    if (worst === parent) return
    swap(heap, parent, worst)
    parent = worst
  }
}

function swap(heap: number[], a: number, b: number): void {
  const kept = heap[a]!
  heap[a] = heap[b]!
  heap[b] = kept
}
