import { renderAsync } from "@resvg/resvg-js";
import { AV_PIX_FMT_RGBA, AV_PIX_FMT_YUV420P, SWS_BILINEAR } from "node-av/constants";
import { SoftwareScaleContext } from "node-av/lib";
import { planesOf } from "./canvas.ts";
import { bytesOf, type Picture } from "./picture.ts";

/** An SVG drawing of even width and height as an opaque I420 picture (BT.601, as cameras deliver). */
export async function raster(svg: string): Promise<Picture> {
  // Letters come as outlines (letters/line.ts): no font is read for a drawing.
  const image = await renderAsync(svg, { font: { loadSystemFonts: false } });
  const { width, height } = image;
  const picture: Picture = { width, height, data: Buffer.allocUnsafe(bytesOf(width, height)) };
  const scaler = new SoftwareScaleContext();
  scaler.getContext(width, height, AV_PIX_FMT_RGBA, width, height, AV_PIX_FMT_YUV420P, SWS_BILINEAR);
  const { planes, strides } = planesOf(picture);
  await scaler.scale([image.pixels], [width * 4], 0, height, planes, strides);
  scaler.freeContext();
  return picture;
}
