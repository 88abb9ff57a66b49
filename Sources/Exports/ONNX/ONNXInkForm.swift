import DataFormats
import Datasets
import Interchange

/// The form of the ink in ONNX's operations: what `InkForm` computes, in double precision as there.
extension ONNXGraph {
    /// Adds the nodes that bring images into a form.
    ///
    /// - Parameters:
    ///   - x: the name of the images, (batch, rows × columns × channels), bytes from 0 to 255.
    ///   - shape: of every image.
    /// - Returns: the name of the images in the form.
    mutating func inkForm(_ form: InkForm, _ shape: ImageShape, of x: String) -> String {
        let (rows, columns, channels) = (shape.rows, shape.columns, shape.channels)
        let picture = node("Reshape", [x, wholeNumbers([-1, rows, columns, channels])])
        let image = node("Cast", [picture], ["to": .integer(Self.double)])
        let (xs, ys) = (
            doubles((0..<columns).map(Double.init), shape: [1, 1, columns]),
            doubles((0..<rows).map(Double.init), shape: [1, rows, 1])
        )
        let ink = moments(of: image, xs, ys)
        let (dx, dy) = (node("Sub", [xs, ink.column]), node("Sub", [ys, ink.row]))
        let shift = form.straightens ? node("Mul", [ink.slant, dy]) : nil
        var across = dx
        if let width = form.width {
            let now = inkWidth(of: image, shift.map { node("Sub", [xs, $0]) } ?? xs, ink.sum, columns: columns)
            let ratio = node("Div", [now, double(width * Double(columns) / 28)])
            across = node("Mul", [dx, node("Clip", [ratio, double(0.5), double(2)])])
        }
        var place = node("Add", [ink.column, across])
        // Without a slant the rows have the same places, but an image each.
        place = node("Add", [place, shift ?? node("Mul", [dy, double(0)])])
        let left = node("Floor", [place])
        let share = node("Unsqueeze", [node("Sub", [place, left]), wholeNumbers([3])])
        let padded = node("Pad", [image, wholeNumbers([0, 0, 1, 0, 0, 0, 1, 0]), double(0)])
        let near = node("Mul", [level(padded, left, shape), node("Sub", [double(1), share])])
        let far = node("Mul", [level(padded, node("Add", [left, double(1)]), shape), share])
        let formed = node("Floor", [node("Add", [node("Add", [near, far]), double(0.5)])])
        let hasInk = node("Unsqueeze", [node("Greater", [ink.sum, double(0)]), wholeNumbers([3])])
        let chosen = node("Cast", [node("Where", [hasInk, formed, image])], ["to": .integer(Self.float)])
        return node("Reshape", [chosen, wholeNumbers([-1, shape.bytes])])
    }

    /// What of each image's ink is needed, (batch, 1, 1) each. All sums are of whole numbers, and thus exact.
    private mutating func moments(
        of image: String, _ xs: String, _ ys: String
    ) -> (sum: String, row: String, column: String, slant: String) {
        let keep: KeyValuePairs<String, Attribute> = ["keepdims": .integer(1)]
        let level = node("ReduceSum", [image, wholeNumbers([3])], ["keepdims": .integer(0)])
        let line = node("ReduceSum", [level, wholeNumbers([2])], keep)
        let lineX = node("ReduceSum", [node("Mul", [level, xs]), wholeNumbers([2])], keep)
        let lineY = node("Mul", [line, ys])
        let sums = [line, lineX, lineY, node("Mul", [lineY, ys]), node("Mul", [lineX, ys])].map {
            node("ReduceSum", [$0, wholeNumbers([1])], keep)
        }
        // An image without ink is left as it is: its figures must only be numbers.
        let sum = node("Max", [sums[0], double(1)])
        let (column, row) = (node("Div", [sums[1], sum]), node("Div", [sums[2], sum]))
        let down = node("Sub", [node("Div", [sums[3], sum]), node("Mul", [row, row])])
        let both = node("Sub", [node("Div", [sums[4], sum]), node("Mul", [row, column])])
        let isFlat = node("Less", [down, double(1e-9)])
        let slope = node("Div", [both, node("Where", [isFlat, double(1), down])])
        let slant = node("Where", [isFlat, double(0), node("Clip", [slope, double(-1), double(1)])])
        return (sums[0], row, column, slant)
    }

    /// The width of the ink once its slant is taken out, (batch, 1, 1); the image's where nothing is dark enough.
    ///
    /// - Parameter places: of the pixels without the slant.
    private mutating func inkWidth(of image: String, _ places: String, _ sum: String, columns: Int) -> String {
        let keep: KeyValuePairs<String, Attribute> = ["keepdims": .integer(1)]
        let darkest = node("ReduceMax", [image, wholeNumbers([3])], ["keepdims": .integer(0)])
        let isInk = node("GreaterOrEqual", [darkest, double(Double(InkForm.leastInk))])
        let first = node("Where", [isInk, places, double(1e30)])
        let last = node("Where", [isInk, places, double(-1e30)])
        let least = node("ReduceMin", [first, wholeNumbers([1, 2])], keep)
        let greatest = node("ReduceMax", [last, wholeNumbers([1, 2])], keep)
        let width = node("Add", [node("Sub", [greatest, least]), double(1)])
        return node("Where", [node("Less", [greatest, least]), double(Double(columns)), width])
    }

    /// The level of the pixel in a column of each row, (batch, rows, columns, channels); 0 outside of the image.
    private mutating func level(_ padded: String, _ column: String, _ shape: ImageShape) -> String {
        let inside = node("Clip", [column, double(-1), double(Double(shape.columns))])
        let place = node("Cast", [node("Add", [inside, double(1)])], ["to": .integer(Self.wholeNumber)])
        let one = node("Unsqueeze", [place, wholeNumbers([3])])
        let all = shape.channels == 1 ? one : node("Tile", [one, wholeNumbers([1, 1, 1, shape.channels])])
        return node("GatherElements", [padded, all], ["axis": .integer(2)])
    }
}
