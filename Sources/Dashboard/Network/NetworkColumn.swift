/// Heights of the panels at the left of Network, from the top: the layers, their figures, what each of them knows, and the
/// map.
///
/// What a larger screen brings comes in one fixed order, each part only once there is room for all of it, so that nothing
/// that was there goes. Lines that are left over are filled by the picture of the outputs, or by the map.
package struct NetworkColumn: Equatable {
    /// Lines of the panel of layers.
    package private(set) var layers = 0
    /// Lines of the panel of their figures; 0 for none.
    package private(set) var figures = 0
    /// Lines of the panel of read-outs; 0 for none.
    package private(set) var probes = 0
    /// Lines of the map; 0 for none.
    package private(set) var map = 0
    /// Blocks of heat strips within the panel of figures.
    package private(set) var strips = 0
    /// Lines of the picture of the outputs within the panel of figures.
    package private(set) var spread = 0

    /// A map has so many lines at least, border included.
    private static let leastMap = 12
    /// Lines of the picture of the outputs with its heading, as a part, and where it only fills.
    private static let (leastSpread, lowestSpread) = (5, 2)

    /// - Parameters:
    ///   - levels: the layers, the input among them.
    ///   - hasMap: whether a map may stand here; else it has a larger place.
    package init(height: Int, levels: Int, hasMap: Bool = true) {
        // The layers a line each; their figures with a heading.
        let least = levels + 2
        guard height >= 2 * least else {
            figures = height / 2 >= 4 ? min(height / 2, least) : 0
            layers = height - figures
            return
        }
        (layers, figures) = (least, least)
        let left = fill(height - 2 * least, levels: levels, hasMap: hasMap)
        guard map == 0 else {
            map += left
            return
        }
        figures += left
        // A network without hidden layers has no outputs to show.
        if levels > 2, spread > 0 || left >= Self.lowestSpread { spread += left }
    }

    /// - Returns: the lines that are left over.
    private mutating func fill(_ height: Int, levels: Int, hasMap: Bool) -> Int {
        var left = height
        func fits(_ lines: Int) -> Bool { left >= lines }
        let (table, links, block) = (levels + 3, levels - 1, levels + 1)
        guard fits(table) else { return left }
        (probes, left) = (table, left - table)
        guard fits(links) else { return left }
        (layers, left) = (layers + links, left - links)
        guard fits(block) else { return left }
        (strips, figures, left) = (1, figures + block, left - block)
        if levels > 2 {
            guard fits(Self.leastSpread) else { return left }
            (spread, figures, left) = (Self.leastSpread, figures + Self.leastSpread, left - Self.leastSpread)
        }
        guard fits(block) else { return left }
        (strips, figures, left) = (2, figures + block, left - block)
        if hasMap {
            guard fits(Self.leastMap) else { return left }
            (map, left) = (Self.leastMap, left - Self.leastMap)
        }
        guard fits(block) else { return left }
        (strips, figures, left) = (3, figures + block, left - block)
        return left
    }
}
