/** rtc-node logs every native callback to stdout unless it finds itself in production. To be imported before it. */
process.env.NODE_ENV ??= "production";
