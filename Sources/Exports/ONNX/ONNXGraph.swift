import Interchange

/// The nodes and the constants of a network in ONNX's form. Source of names and numbers: `onnx.proto3` of ONNX.
struct ONNXGraph {
    /// A setting of a node.
    enum Attribute {
        case integer(Int)
        case float(Double)
        case text(String)
    }

    /// `TensorProto.DataType`'s FLOAT, INT64 and DOUBLE.
    static let (float, wholeNumber, double) = (1, 7, 11)

    private(set) var nodes: [ProtocolMessage] = []
    private(set) var initializers: [ProtocolMessage] = []
    /// The start of the names of a layer's nodes.
    var scope = ""
    private var uses: [String: Int] = [:]

    /// Adds a node.
    ///
    /// - Parameters:
    ///   - operation: of ONNX's standard domain.
    ///   - inputs: names of tensors.
    ///   - output: the name of its result; made of the scope and the operation if nil.
    ///   - unused: further results that nothing reads.
    /// - Returns: the name of its first result.
    mutating func node(
        _ operation: String, _ inputs: [String], _ attributes: KeyValuePairs<String, Attribute> = [:],
        output: String? = nil, unused: Int = 0
    ) -> String {
        let name = output ?? freshName(operation.lowercased())
        var node = ProtocolMessage()
        for input in inputs { node.append(1, .text(input)) }
        node.append(2, .text(name))
        for number in 0..<unused { node.append(2, .text("\(name).unused_\(number + 1)")) }
        node.append(3, .text(name))
        node.append(4, .text(operation))
        for (key, value) in attributes { node.append(5, .message(Self.attribute(key, value))) }
        nodes.append(node)
        return name
    }

    /// Adds a constant tensor.
    ///
    /// - Parameter shape: empty for a single number.
    mutating func initializer(_ name: String, shape: [Int], values: [Float]) {
        initializer(name, shape: shape, type: Self.float, [UInt8](littleEndian: values))
    }

    private mutating func initializer(_ name: String, shape: [Int], type: Int, _ bytes: [UInt8]) {
        var tensor = ProtocolMessage()
        for size in shape { tensor.append(1, .integer(size)) }
        tensor.append(2, .integer(type))
        tensor.append(8, .text(name))
        tensor.append(9, .bytes(bytes))
        initializers.append(tensor)
    }

    /// Adds a number that is broadcast.
    ///
    /// - Returns: its name.
    mutating func constant(_ value: Double) -> String {
        let name = freshName("constant")
        initializer(name, shape: [], values: [Float(value)])
        return name
    }

    /// Adds a row of numbers.
    ///
    /// - Returns: its name.
    mutating func numbers(_ values: [Float]) -> String {
        let name = freshName("numbers")
        initializer(name, shape: [values.count], values: values)
        return name
    }

    /// Adds a number of double precision that is broadcast.
    ///
    /// - Returns: its name.
    mutating func double(_ value: Double) -> String { doubles([value], shape: []) }

    /// Adds numbers of double precision.
    ///
    /// - Returns: their name.
    mutating func doubles(_ values: [Double], shape: [Int]) -> String {
        let name = freshName("doubles")
        let bytes = values.flatMap { value in withUnsafeBytes(of: value.bitPattern.littleEndian, Array.init) }
        initializer(name, shape: shape, type: Self.double, bytes)
        return name
    }

    /// Adds a row of integers, such as axes and counts.
    ///
    /// - Returns: its name.
    mutating func wholeNumbers(_ values: [Int]) -> String {
        let name = freshName("wholes")
        let bytes = values.flatMap { value in withUnsafeBytes(of: Int64(value).littleEndian, Array.init) }
        initializer(name, shape: [values.count], type: Self.wholeNumber, bytes)
        return name
    }

    /// Adds a single integer.
    ///
    /// - Returns: its name.
    mutating func wholeNumber(_ value: Int) -> String {
        let name = freshName("whole")
        let bytes = withUnsafeBytes(of: Int64(value).littleEndian, Array.init)
        initializer(name, shape: [], type: Self.wholeNumber, bytes)
        return name
    }

    private mutating func freshName(_ word: String) -> String {
        let name = "\(scope).\(word)"
        uses[name, default: 0] += 1
        let count = uses[name] ?? 1
        return count == 1 ? name : "\(name)_\(count)"
    }

    private static func attribute(_ key: String, _ value: Attribute) -> ProtocolMessage {
        // The last field is the type: FLOAT, INT or STRING.
        switch value {
        case .float(let number): [1: .text(key), 2: .float(Float(number)), 20: .integer(1)]
        case .integer(let number): [1: .text(key), 3: .integer(number), 20: .integer(2)]
        case .text(let text): [1: .text(key), 4: .text(text), 20: .integer(3)]
        }
    }
}
