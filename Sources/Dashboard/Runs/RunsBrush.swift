/// What of parallel coordinates is chosen: an axis, and on each axis the values that runs must have.
package struct RunsBrush: Equatable, Sendable {
    /// The values of an axis between two of them, by their places in order.
    package struct Range: Equatable, Sendable {
        /// The first value that was chosen.
        package var start: Int
        /// The last one; nil while it is being chosen.
        package var end: Int?
    }

    /// The chosen axis; nil while the arrows choose runs.
    package var axis: String?
    /// The value under the cursor, by its place in order.
    package var cursor = 0
    /// By the names of the axes.
    package var ranges: [String: Range] = [:]

    /// Whether anything is brushed.
    var isEmpty: Bool { ranges.isEmpty }

    /// The places of values that pass on an axis; nil for all.
    func places(on axis: String) -> ClosedRange<Int>? {
        guard let range = ranges[axis] else { return nil }
        let end = range.end ?? (self.axis == axis ? cursor : range.start)
        return min(range.start, end)...max(range.start, end)
    }
}

extension RunsScreen {
    /// The next axis; before the first one, the arrows choose runs again.
    mutating func moveBrush(by step: Int, _ shared: Shared) {
        let names = RunAxes(self, shared).axes.map(\.name)
        let now = brush.axis.flatMap(names.firstIndex) ?? -1
        let next = min(names.count - 1, now + step)
        brush.axis = next >= 0 ? names[next] : nil
        brush.cursor = 0
    }

    /// Up and down on the chosen axis.
    mutating func moveOnAxis(by step: Int, _ shared: Shared) {
        guard let name = brush.axis, let axis = RunAxes(self, shared).axes.first(where: { $0.name == name }) else {
            return
        }
        brush.cursor = min(max(0, brush.cursor + step), axis.values.count - 1)
    }

    /// The first end of a range, then its other end, then none again.
    mutating func brushHere() {
        guard let axis = brush.axis else { return }
        switch brush.ranges[axis] {
        case nil: brush.ranges[axis] = RunsBrush.Range(start: brush.cursor, end: nil)
        case .some(let range) where range.end == nil: brush.ranges[axis]?.end = brush.cursor
        case .some: brush.ranges[axis] = nil
        }
    }
}
