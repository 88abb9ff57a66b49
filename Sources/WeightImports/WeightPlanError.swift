import NumPyFiles

/// Why arrays are no network's weights, or leave open whose.
package enum WeightPlanError: Error, Equatable, Sendable, CustomStringConvertible {
    /// There are none.
    case none
    /// Nothing in the name says what the array is, while other names do.
    case unknownName(String)
    /// Two arrays would be the same part of the same layer.
    case twice(String, String)
    /// A part of a layer is missing; with the array that it goes with.
    case missing(String, beside: String)
    /// Kernels have two axes, all else has one.
    case axes(String, shape: [Int])
    /// A vector has another length than its layer's units.
    case length(String, expected: Int, found: Int)
    /// Arrays without names of their own are not in the order of a network's.
    case sequence(String, expected: String)
    /// No order of the layers has each take what the one before it gives.
    case noChain(kernels: [String])
    /// Several orders do.
    case order(layers: [String])
    /// A name of the given order is no layer's, or a layer is not in it.
    case givenOrder(String, layers: [String])
    /// All kernels are square: either way fits.
    case orientation(kernels: [String])
    /// The kernels fit only the other way.
    case otherWay(given: Bool)
    /// The network is not for images of this data set.
    case data(inputs: Int, classes: Int, name: String, dataInputs: Int, dataClasses: Int)
    /// The activations are not known; with the spec of the widths.
    case noSpec(example: String)
    /// The spec has other layers; both as widths.
    case widths(spec: [Int], found: [Int])
    /// The spec has batch normalization in another number of layers than there are arrays for.
    case normalizations(spec: Int, found: Int)
    /// What the user says of batch normalizations concerns none.
    case noNormalization
    /// Which layer a batch normalization belongs to can't be told.
    case normalizationOrder(String)

    package var description: String {
        switch self {
        case .none: "no weights: expected a kernel for each layer"
        case .unknownName(let name):
            "\(Self.short(name)): nothing in its name says what it is; expected names such as 0.kernel, fc1.weight or "
                + "dense_1/bias, or numbers alone: arr_0, arr_1"
        case .twice(let name, let other): "\(Self.short(name)): the same part of the same layer as \(Self.short(other))"
        case .missing(let part, let name): "\(Self.short(name)): expected \(part) beside it, found none"
        case .axes(let name, let shape):
            "\(Self.short(name)): expected a kernel of two axes or a vector of one, found the shape "
                + NumPyArray.text(ofShape: shape)
        case .length(let name, let expected, let found):
            "\(Self.short(name)): expected \(expected) values, one for each unit of its kernel, found \(found)"
        case .sequence(let name, let expected): "\(Self.short(name)): expected \(expected)"
        case .noChain(let kernels):
            "no order of the layers has each take what the one before it gives: \(Self.list(kernels))"
        case .order(let layers):
            "the order of the layers can't be told from names and shapes; expected it: --order "
                + Self.list(layers, separator: ",")
        case .givenOrder(let name, let layers):
            "--order: expected each of \(Self.list(layers)) once, found \(Self.short(name))"
        case .orientation(let kernels):
            "\(Self.list(kernels)): square, so that nothing tells whether rows are inputs, as in Keras, or units, as in "
                + "PyTorch; expected --transpose-kernels for units, or --no-transpose-kernels"
        case .otherWay(true): "--transpose-kernels: the kernels fit only as they are; expected them without it"
        case .otherWay(false):
            "--no-transpose-kernels: the kernels have a row for each unit, and fit only transposed; expected them without it"
        case .data(let inputs, let classes, let name, let dataInputs, let dataClasses):
            "the network takes \(inputs) values and has \(classes) classes, the images of \(Self.short(name)) have "
                + "\(dataInputs) and are of \(dataClasses); expected --data with images of its own"
        case .noSpec(let example):
            "expected the activations of the hidden layers, which weights don't tell; if they are tanh: --spec \"\(example)\""
        case .widths(let spec, let found):
            "--spec: expected layers of \(Self.chain(found)), as the weights have them, found \(Self.chain(spec))"
        case .normalizations(let spec, let found):
            "--spec: expected +bn in \(found) layers, as the weights have it, found \(spec)"
        case .noNormalization: "--batch-norm-epsilon: the weights have no batch normalization; expected them without it"
        case .normalizationOrder(let name):
            "\(Self.short(name)): which layer it normalizes can't be told from its number or its length; expected its "
                + "place in --order, too"
        }
    }

    /// A name on one line, its end left out where it is long.
    static func short(_ text: String) -> String {
        let shown = text.unicodeScalars.prefix(100).map { (0x20...0x7E).contains($0.value) ? Character($0) : "?" }
        return String(shown) + (text.unicodeScalars.count > 100 ? "…" : "")
    }

    /// The first of many names.
    static func list(_ names: [String], separator: String = ", ") -> String {
        names.prefix(12).map(short).joined(separator: separator) + (names.count > 12 ? "\(separator)…" : "")
    }

    private static func chain(_ widths: [Int]) -> String {
        widths.prefix(66).map(String.init).joined(separator: "-") + (widths.count > 66 ? "-…" : "")
    }
}
