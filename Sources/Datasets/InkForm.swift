import DataFormats
import Specs

/// Brings the ink of images into one form before a network sees them: straightened, and of one width.
///
/// The slant is taken out by the moments of the ink (LeCun et al., "Gradient-Based Learning Applied to Document Recognition",
/// 1998). Networks that see digits of different widths err differently (Meier et al., "Better Digit Recognition with a
/// Committee of Simple Neural Nets", ICDAR 2011). Both move pixels within their rows alone: a pixel is read at
/// c + (x - c) · f + s · (y - r), between two pixels of its row, where (r, c) is the ink's centre of mass, s the slant, and f
/// the ink's width divided by the wanted one, from ½ to 2, so that a 1 does not become a block.
package struct InkForm: Sendable, Equatable {
    /// Whether the slant is taken out.
    package let straightens: Bool
    /// The width of the ink, in pixels of 28; nil leaves it.
    package let width: Double?

    /// What counts as ink when its width is measured.
    package static let leastInk: UInt8 = 32
    /// The least and the greatest change of a width.
    private static let factors = 0.5...2.0

    package init(straightens: Bool, width: Double?) { (self.straightens, self.width) = (straightens, width) }

    /// What a spec asks for all images; nil where it leaves them as they are.
    package init?(_ training: TrainingConfiguration) {
        let width = training.inkWidth.flatMap { $0.isOne ? $0.first : nil }
        guard training.deslant || width != nil else { return nil }
        self.init(straightens: training.deslant, width: width)
    }

    /// Whether images in another form can be brought into this one: it does all that the other one did.
    package func includes(_ other: InkForm) -> Bool {
        (straightens || !other.straightens) && (other.width == nil || other.width == width)
    }

    /// What is left to do for images that come in another form, which it includes; nil where nothing is.
    package func remaining(behind given: InkForm?) -> InkForm? {
        guard let given else { return self }
        let form = InkForm(
            straightens: straightens && !given.straightens, width: given.width == nil ? width : nil)
        return form.straightens || form.width != nil ? form : nil
    }

    /// All images of a set in this form.
    package func applied(to images: ImageSet) -> ImageSet {
        let pixels = [UInt8](unsafeUninitializedCapacity: images.pixels.count) { out, count in
            count = images.pixels.count
            guard let out = out.baseAddress else { return }
            images.pixels.withUnsafeBufferPointer { pixels in
                guard let pixels = pixels.baseAddress else { return }
                for index in 0..<images.count {
                    let start = index * images.imageBytes
                    apply(to: pixels + start, images.shape, into: out + start)
                }
            }
        }
        return ImageSet(pixels: pixels, labels: images.labels, shape: images.shape)
    }

    /// One image in this form.
    ///
    /// - Parameter image: rows × columns × channels bytes.
    package func applied(to image: [UInt8], _ shape: ImageShape) -> [UInt8] {
        applied(to: ImageSet(pixels: image, labels: [0], shape: shape)).pixels
    }

    /// Writes one image in this form.
    ///
    /// - Parameters:
    ///   - image: rows × columns × channels bytes.
    ///   - out: as many bytes, not those of `image`.
    package func apply(to image: UnsafePointer<UInt8>, _ shape: ImageShape, into out: UnsafeMutablePointer<UInt8>) {
        let (rows, columns, channels) = (shape.rows, shape.columns, shape.channels)
        guard let ink = Ink(image, shape) else {
            out.update(from: image, count: shape.bytes)
            return
        }
        let slant = straightens ? ink.slant : 0
        let factor = width.map { wanted in
            let now = ink.width(image, shape, slant: slant)
            let factor = now / (wanted * Double(columns) / 28)
            return min(max(factor, Self.factors.lowerBound), Self.factors.upperBound)
        }
        for y in 0..<rows {
            let line = image + y * columns * channels
            let target = out + y * columns * channels
            for x in 0..<columns {
                let place = ink.column + (Double(x) - ink.column) * (factor ?? 1) + slant * (Double(y) - ink.row)
                let left = place.rounded(.down)
                let share = place - left
                for channel in 0..<channels {
                    func level(_ column: Double) -> Double {
                        column < 0 || column >= Double(columns) ? 0 : Double(line[Int(column) * channels + channel])
                    }
                    target[x * channels + channel] = UInt8(level(left) * (1 - share) + level(left + 1) * share + 0.5)
                }
            }
        }
    }

    /// Where the ink of an image lies. All sums are of whole numbers, and thus exact.
    private struct Ink {
        /// The centre of mass; the first pixel's centre is at 0.
        let row: Double
        let column: Double
        /// How far a row lies to the right of the row above it, by the moments of the ink: at most 1 either way.
        let slant: Double

        /// Nil without ink.
        init?(_ image: UnsafePointer<UInt8>, _ shape: ImageShape) {
            var (sum, sumY, sumX, sumYY, sumXY) = (0, 0, 0, 0, 0)
            for y in 0..<shape.rows {
                var (line, lineX) = (0, 0)
                for x in 0..<shape.columns {
                    var level = 0
                    for channel in 0..<shape.channels {
                        level += Int(image[(y * shape.columns + x) * shape.channels + channel])
                    }
                    line += level
                    lineX += level * x
                }
                sum += line
                sumY += line * y
                sumX += lineX
                sumYY += line * y * y
                sumXY += lineX * y
            }
            guard sum > 0 else { return nil }
            row = Double(sumY) / Double(sum)
            column = Double(sumX) / Double(sum)
            let down = Double(sumYY) / Double(sum) - row * row
            let both = Double(sumXY) / Double(sum) - row * column
            slant = down < 1e-9 ? 0 : min(1, max(-1, both / down))
        }

        /// The width of the ink once its slant is taken out, in pixels; the image's where nothing is dark enough.
        func width(_ image: UnsafePointer<UInt8>, _ shape: ImageShape, slant: Double) -> Double {
            var (least, greatest) = (Double.infinity, -Double.infinity)
            for y in 0..<shape.rows {
                let shift = slant * (Double(y) - row)
                for x in 0..<shape.columns {
                    let pixel = image + (y * shape.columns + x) * shape.channels
                    guard (0..<shape.channels).contains(where: { pixel[$0] >= InkForm.leastInk }) else { continue }
                    least = min(least, Double(x) - shift)
                    greatest = max(greatest, Double(x) - shift)
                }
            }
            return greatest < least ? Double(shape.columns) : greatest - least + 1
        }
    }
}

extension Dataset {
    /// The data set as a network of these settings sees it, before anything is drawn at random.
    package func formed(_ training: TrainingConfiguration) -> Dataset {
        InkForm(training).map { Dataset(self, train: $0.applied(to: train), test: $0.applied(to: test)) } ?? self
    }
}
