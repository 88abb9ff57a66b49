/// How the units of a layer are divided into blocks, which the workers share.
///
/// The division depends on the number of units alone, never on the number of threads. So each sum is computed by one
/// worker in one order, and the same seed gives the same bits on any number of processors. A block has at most 128
/// units, so that a row of it can be summed in registers. With 784 rows and both Adam moments it nearly fits a core's
/// cache.
package struct UnitBlocks: Equatable, Sendable {
    /// Consecutive units that one worker computes.
    package struct Block: Equatable, Sendable {
        /// The first unit.
        package let start: Int
        /// Units, padding included.
        package let width: Int

        /// A block of so many units from one on.
        @usableFromInline
        package init(start: Int, width: Int) { (self.start, self.width) = (start, width) }
    }

    /// Units of the layer, without padding.
    package let units: Int
    /// Units rounded up to whole vectors: the row stride of everything that has a value for each unit.
    package let stride: Int
    /// From the first unit to the last; together they span `stride`.
    package let blocks: Blocks

    /// The greatest width of a block.
    package static let widestBlock = 128
    /// A layer of at least so many units has two blocks or more.
    private static let smallestCut = 32

    package init(units: Int) {
        precondition(units > 0, "a layer has units")
        self.units = units
        stride = Self.stride(units: units)
        let lane = Self.lane(units: units)
        blocks = Blocks(vectors: stride / lane, lane: lane, count: Self.count(units: units))
    }

    /// The blocks of a layer. They are computed and not kept in an array, whose references workers would count together.
    package struct Blocks: RandomAccessCollection, Equatable, Sendable {
        /// Vectors of all blocks.
        @usableFromInline package let vectors: Int
        /// Units of a vector.
        @usableFromInline package let lane: Int
        /// Number of blocks.
        package let count: Int

        /// The first block's number.
        package var startIndex: Int { 0 }
        /// The number behind the last block's.
        package var endIndex: Int { count }

        /// A block. The earlier ones have one vector more where the vectors don't divide evenly.
        @inlinable
        package subscript(index: Int) -> Block {
            let start = (vectors * index + count - 1) / count
            let end = (vectors * (index + 1) + count - 1) / count
            return Block(start: start * lane, width: (end - start) * lane)
        }
    }

    private static func lane(units: Int) -> Int { units <= 8 ? 8 : 16 }

    /// The number of blocks of a layer with so many units.
    package static func count(units: Int) -> Int {
        let wanted = units < smallestCut ? 1 : (units.plus(2 * widestBlock - 1) / (2 * widestBlock)).times(2)
        return min(wanted, stride(units: units) / lane(units: units))
    }

    /// The stride of a layer with so many units.
    package static func stride(units: Int) -> Int {
        let lane = lane(units: units)
        return (max(units, 1).plus(lane - 1) / lane).times(lane)
    }
}
