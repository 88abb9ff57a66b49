import CKernels
import Foundation
import Kernels
import Testing

@Suite struct ImageDistortionTests {
    struct Size { let rows, columns: Int }

    private static let sizes = [
        Size(rows: 28, columns: 28), Size(rows: 1, columns: 1), Size(rows: 5, columns: 9), Size(rows: 8, columns: 7),
        Size(rows: 33, columns: 2), Size(rows: 2, columns: 64), Size(rows: 29, columns: 17),
    ]

    private static let affine = ImageDistortion.Strengths(rotate: 12, shear: 0, stretch: 0.12, shift: 1, bend: 0)
    private static let elastic = ImageDistortion.Strengths(rotate: 12, shear: 0, stretch: 0.12, shift: 1, bend: 1.2)

    private func image(_ size: Size, _ generator: inout SeededGenerator) -> [UInt8] {
        (0..<(size.rows * size.columns)).map { _ in generator.uniform() < 0.5 ? 0 : UInt8(generator.next() % 256) }
    }

    private func distorted(
        _ image: [UInt8], _ size: Size, map: [Float], field: [Float]?, on level: KernelLevel
    ) -> [UInt8] {
        var scratch = [Float](repeating: .nan, count: ck_distort_scratch(size.rows, size.columns))
        var out = [UInt8](repeating: 7, count: image.count)
        scratch.append(-5)
        ck_kernels_of(Int32(level.rawValue)).pointee.distort(size.rows, size.columns, image, map, field, &scratch, &out)
        #expect(scratch.last == -5)
        return out
    }

    /// The cubic B-spline around 0.
    private func spline(_ t: Double) -> Double {
        let t = abs(t)
        return t >= 2 ? 0 : t >= 1 ? pow(2 - t, 3) / 6 : 2.0 / 3 - t * t + t * t * t / 2
    }

    /// The definition, pixel by pixel, before it is rounded.
    private func reference(_ image: [UInt8], _ size: Size, map: [Float], field: [Float]?) -> [Double] {
        let (rows, columns) = (size.rows, size.columns)
        let knots = (rows: ck_knots(rows), columns: ck_knots(columns))
        func displacement(_ part: Int, _ y: Int, _ x: Int) -> Double {
            guard let field else { return 0 }
            var sum = 0.0
            for row in 0..<knots.rows {
                for column in 0..<knots.columns {
                    let weight =
                        spline(Double(y) / Double(CK_KNOT_SPACING) - Double(row - 1))
                        * spline(Double(x) / Double(CK_KNOT_SPACING) - Double(column - 1))
                    sum += weight * Double(field[(part * knots.rows + row) * knots.columns + column])
                }
            }
            return sum
        }
        func pixel(_ y: Int, _ x: Int) -> Double {
            (0..<rows).contains(y) && (0..<columns).contains(x) ? Double(image[y * columns + x]) : 0
        }
        let map = map.map(Double.init)
        let (middleY, middleX) = (Double(rows - 1) / 2, Double(columns - 1) / 2)
        return (0..<rows).flatMap { y in
            (0..<columns).map { x in
                let (v, u) = (Double(y) - middleY, Double(x) - middleX)
                let sourceY = map[0] * v + map[1] * u + map[2] + middleY + displacement(0, y, x)
                let sourceX = map[3] * v + map[4] * u + map[5] + middleX + displacement(1, y, x)
                let (top, left) = (Int(sourceY.rounded(.down)), Int(sourceX.rounded(.down)))
                let (below, beside) = (sourceY - Double(top), sourceX - Double(left))
                return pixel(top, left) * (1 - below) * (1 - beside) + pixel(top, left + 1) * (1 - below) * beside
                    + pixel(top + 1, left) * below * (1 - beside) + pixel(top + 1, left + 1) * below * beside
            }
        }
    }

    @Test(arguments: sizes.flatMap { [($0, false), ($0, true)] }, KernelLevel.available)
    func `agrees with its definition`(of one: (size: Size, bends: Bool), level: KernelLevel) {
        let (size, bends) = one
        var generator = SeededGenerator(seed: UInt64(size.rows))
        for round in 0..<20 {
            let image = image(size, &generator)
            // The last ones leave the image on every side.
            let reach: Float = round < 15 ? 1 : 40
            var map: [Float] = (0..<6).map { _ in reach * (generator.uniform() - 0.5) }
            map[0] += 1
            map[4] += 1
            let count = 2 * ck_knots(size.rows) * ck_knots(size.columns)
            let field = bends ? (0..<count).map { _ in reach * 8 * (generator.uniform() - 0.5) } : nil
            let found = distorted(image, size, map: map, field: field, on: level)
            let wanted = reference(image, size, map: map, field: field)
            #expect(zip(found, wanted).allSatisfy { abs(Double($0) - $1) < 0.51 })
        }
    }

    @Test(arguments: KernelLevel.available)
    func `the identity changes nothing`(level: KernelLevel) {
        let size = Self.sizes[0]
        var generator = SeededGenerator(seed: 1)
        let image = image(size, &generator)
        let still = [Float](repeating: 0, count: 2 * ck_knots(28) * ck_knots(28))
        #expect(distorted(image, size, map: [1, 0, 0, 0, 1, 0], field: nil, on: level) == image)
        #expect(distorted(image, size, map: [1, 0, 0, 0, 1, 0], field: still, on: level) == image)
    }

    @Test func `an image of one long row takes no more than some times its room`() {
        let distortion = ImageDistortion(rows: 1, columns: 1 << 20, Self.elastic)
        #expect(ck_distort_scratch(1, 1 << 20) < 16 << 20)
        let image = [UInt8](repeating: 200, count: 1 << 20)
        var (out, generator) = ([UInt8](repeating: 1, count: 1 << 20), SeededGenerator(seed: 1))
        distortion.distort(image, &generator, ImageDistortion.Scratch(distortion), into: &out)
        #expect(out.contains { $0 != 1 })
    }

    @Test(arguments: [false, true], KernelLevel.available)
    func `by chance a square stays about as large and where it is, and is never the same`(
        bends: Bool, level: KernelLevel
    ) {
        let distortion = ImageDistortion(rows: 28, columns: 28, bends ? Self.elastic : Self.affine)
        let scratch = ImageDistortion.Scratch(distortion)
        let square = (0..<784).map { (9...18).contains($0 / 28) && (9...18).contains($0 % 28) ? UInt8(255) : 0 }
        var generator = SeededGenerator(seed: 5)
        var (ink, down, across, seen): (Double, Double, Double, Set<[UInt8]>) = (0, 0, 0, [])
        let count = 500
        for _ in 0..<count {
            var out = [UInt8](repeating: 1, count: 784)
            distortion.distort(square, &generator, scratch, into: &out, on: level)
            seen.insert(out)
            let sum = out.reduce(0.0) { $0 + Double($1) }
            ink += sum / (255 * 100)
            down += out.indices.reduce(0.0) { $0 + Double(out[$1]) * Double($1 / 28) } / sum
            across += out.indices.reduce(0.0) { $0 + Double(out[$1]) * Double($1 % 28) } / sum
        }
        #expect(seen.count == count)
        #expect(abs(ink / Double(count) - 1) < 0.06)
        #expect(abs(down / Double(count) - 13.5) < 0.2 && abs(across / Double(count) - 13.5) < 0.2)
    }

    @Test func `noise has the same bytes at every level, and its deviation`() {
        let grey = [UInt8](repeating: 120, count: 20_001)
        func noisy(_ amplitude: Int32, _ seed: UInt32, _ level: KernelLevel) -> [UInt8] {
            var bytes = grey
            ck_kernels_of(Int32(level.rawValue)).pointee.add_noise(bytes.count, amplitude, seed, &bytes)
            return bytes
        }
        for level in KernelLevel.available {
            #expect(noisy(0, 5, level) == grey)
            #expect(noisy(8_000, 5, level) == noisy(8_000, 5, .current))
            #expect(noisy(113_140, 6, level) == noisy(113_140, 6, .current))
        }
        let values = noisy(8_000, 5, .current).map { Double($0) - 120 }
        let deviation = (values.reduce(0) { $0 + $1 * $1 } / Double(values.count)).squareRoot()
        // 8,000 · 2⁻¹⁶ · 147.80, and the rounding's own.
        #expect(abs(deviation - 18.04) < 0.3)
        #expect(noisy(8_000, 5, .current) != noisy(8_000, 7, .current))
    }
}
