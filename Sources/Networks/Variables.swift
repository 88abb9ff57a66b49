import Kernels

/// A variable that an optimizer treats as a whole, as Keras does: one tensor of one layer, such as a kernel or a bias.
struct Variable {
    enum Role: Equatable {
        /// A matrix of these sizes; its block's slices are (rows, block width).
        case kernel(rows: Int, columns: Int)
        /// One value for each of so many units.
        case vector(units: Int)
    }

    /// The tensor's: "0.kernel".
    let name: String
    let layer: Int
    let role: Role
    /// Where it lies in the flat array: one range for each block of its layer's units, padding included, which is 0 in
    /// weights and gradients.
    let ranges: [Range<Int>]

    /// As Keras shapes it.
    var shape: [Int] {
        switch role {
        case .kernel(let rows, let columns): [rows, columns]
        case .vector(let units): [units]
        }
    }
    var isKernel: Bool { if case .kernel = role { true } else { false } }
    /// A kernel's; 1 of a vector.
    var rows: Int { if case .kernel(let rows, _) = role { rows } else { 1 } }
    /// A kernel's, or a vector's units.
    var columns: Int {
        switch role {
        case .kernel(_, let columns): columns
        case .vector(let units): units
        }
    }
    /// How many values there are, without padding.
    var count: Int { rows * columns }
    /// Columns with the blocks' padding.
    var stride: Int { ranges.reduce(0) { $0 + $1.count } / rows }
    /// Columns of a block with its padding.
    func width(ofBlock number: Int) -> Int { ranges[number].count / rows }
    /// The columns before a block.
    func start(ofBlock number: Int) -> Int { ranges[..<number].reduce(0) { $0 + $1.count } / rows }
}
