/**
 * Patches that take DTLS application data (SCTP) away from Medooze's unfinished C++ stack and hand it to JavaScript:
 * bounded by rate on the media thread and by length in the queue between the threads, off until JavaScript asks for it.
 */
const connection = "medooze-media-server-src/src/dtls.cpp";
const connectionHeader = "medooze-media-server-src/include/dtls.h";
const transport = "medooze-media-server-src/src/DTLSICETransport.cpp";
const transportHeader = "medooze-media-server-src/include/DTLSICETransport.h";
const wrapper = "medooze-media-server/src/media-server_wrap.cxx";

export const applicationDataPatches = [
  {
    file: connectionHeader,
    find: "		virtual void onDTLSShutdown() = 0;\n",
    replace: `		virtual void onDTLSShutdown() = 0;
		virtual void onDTLSApplicationData(const BYTE* data,DWORD size) {}
`,
    times: 1,
    why: "A connection tells its transport of application data; whoever does not listen drops it.",
  },
  {
    file: connectionHeader,
    find: "	int  HandleTimeout();\n",
    replace: "	int  WriteApplicationData(const BYTE *data,DWORD size);\n	int  HandleTimeout();\n",
    times: 1,
    why: "The way out for application data; see below.",
  },
  {
    file: connection,
    find: `	//Start sctp transport
	sctp.OnPendingData([this](){
		//UltraDebug("-sctp::OnPendingData() [ssl:%p]\\n",ssl);

		if (ssl)
		{
			BYTE msg[MTU];
			size_t len;
			//Read from sctp transport
			while((len = sctp.ReadPacket(msg,MTU)))
			{
				UltraDebug("-sctp::OnPendingData() [len:%lu]\\n",len);
				DumpAsC(msg,len);
				//Write it to the ssl context
				SSL_write(ssl,msg,len);
			}
			
			//Check if there is any pending data
			CheckPending();
		}
	});
`,
    replace: "",
    times: 1,
    why: "The C++ SCTP stack (unfinished, 700 lines) is connected to nothing.",
  },
  {
    file: connection,
    find: `	BYTE msg[MTU];
	int len = SSL_read(ssl, msg, MTU);
	
	if (len<0)
`,
    replace: `	BYTE msg[MTU];
	int len = 0;
	//A datagram may hold several records, and no more than these
	for (int records=0; records<64 && (len = SSL_read(ssl, msg, MTU))>0; ++records)
		listener.onDTLSApplicationData(msg,len);
	
	if (len<0)
`,
    times: 1,
    why: "Application data goes to the transport; all records of a datagram do, where only the first was read.",
  },
  {
    file: connection,
    find: `	//DumpAsC(msg,len);
	Debug("-sctp of len %d\\n",len);
	if (len) DumpAsC(msg,len);
	//Pass data to sctp
	if (len && !sctp.WritePacket(msg,len))
		return Error("sctp parse error");

`,
    replace: "",
    times: 1,
    why: "No byte of a peer reaches the C++ SCTP stack.",
  },
  {
    file: connection,
    find: "void DTLSConnection::CheckPending()\n",
    replace: `int DTLSConnection::WriteApplicationData(const BYTE *data, DWORD size)
{
	if (!inited || !ssl || !SSL_is_init_finished(ssl))
		return 0;
	
	//One record, one datagram
	int len = SSL_write(ssl,data,size);
	CheckPending();
	return len>0;
}

void DTLSConnection::CheckPending()
`,
    times: 1,
    why: "The way out for application data, on the media thread.",
  },
  {
    file: transportHeader,
    find: "		virtual void onDTLSStateChanged(const DTLSState) = 0;",
    replace: `		virtual void onDTLSStateChanged(const DTLSState) = 0;
		virtual void onApplicationData(const BYTE* data, DWORD size) {}`,
    times: 1,
    why: "A transport tells its listener of application data.",
  },
  {
    file: transportHeader,
    find: "	virtual void onDTLSShutdown() override;",
    replace: `	virtual void onDTLSShutdown() override;
	virtual void onDTLSApplicationData(const BYTE* data,DWORD size) override;
	void SetApplicationDataRate(DWORD perSecond);
	void SendApplicationData(std::vector<BYTE>&& data);`,
    times: 1,
    why: "How JavaScript switches application data on, and sends some.",
  },
  {
    file: transportHeader,
    find: "	Timer::shared iceTimeoutTimer;",
    replace: `	Timer::shared iceTimeoutTimer;

	double applicationDataRate	= 0;
	double applicationDataTokens	= 0;
	QWORD  applicationDataTime	= 0;`,
    times: 1,
    why: "A token bucket: so many datagrams a second, and at most as many at once.",
  },
  {
    file: transport,
    find: "void DTLSICETransport::onDTLSShutdown()",
    replace: `void DTLSICETransport::onDTLSApplicationData(const BYTE* data,DWORD size)
{
	//Connected: the peer's certificate is the one that was signalled
	if (state!=DTLSState::Connected || !listener || !applicationDataRate)
		return;

	const auto now = getTimeMS();
	applicationDataTokens = std::min(applicationDataRate, applicationDataTokens + (now-applicationDataTime)*applicationDataRate/1000);
	applicationDataTime = now;
	if (applicationDataTokens<1)
		return;
	applicationDataTokens--;

	listener->onApplicationData(data,size);
}

void DTLSICETransport::SetApplicationDataRate(DWORD perSecond)
{
	AsyncSafe([this,perSecond](auto now){
		applicationDataRate = perSecond;
		applicationDataTokens = perSecond;
		applicationDataTime = getTimeMS();
	});
}

void DTLSICETransport::SendApplicationData(std::vector<BYTE>&& data)
{
	AsyncSafe([this,data=std::move(data)](auto now){
		if (active && state==DTLSState::Connected)
			dtls->WriteApplicationData(data.data(),data.size());
	});
}

void DTLSICETransport::onDTLSShutdown()`,
    times: 1,
    why: "Nothing is taken before the certificate was checked; beyond the rate, datagrams are dropped here, where it costs least.",
  },
  {
    file: transport,
    find: "	endpoint.Init(dcOptions);",
    replace: "	//endpoint stays as it is: closed",
    times: 1,
    why: "The C++ SCTP stack is not even started.",
  },
  {
    file: wrapper,
    find: `		//Get all pending functions
		while(queue.try_dequeue(func))
		{
			//Execute async function
			func();
		}
`,
    replace: `		//So many at most: other events of the process have their turn as well
		for (int i=0; queue.try_dequeue(func); ++i)
		{
			//Execute async function
			func();
			if (i==255)
			{
				//The others in the next turn
				uv_async_send(&async);
				break;
			}
		}
`,
    times: 1,
    why: "A busy media thread kept the process from ever getting to its sockets and timers.",
  },
  {
    file: wrapper,
    find: `	virtual void onICETimeout() override 
	{
		//Run function on main node thread
		MediaServer::Async([=,cloned=persistent](){
			Nan::HandleScope scope;
			//Call object method with arguments
			MakeCallback(cloned, "onicetimeout");
`,
    replace: `	//Datagrams on their way from the media thread to JavaScript
	struct Inbox
	{
		std::mutex mutex;
		std::deque<std::vector<BYTE>> datagrams;
		bool scheduled = false;
	};

	virtual void onApplicationData(const BYTE* data, DWORD size) override
	{
		{
			std::lock_guard<std::mutex> lock(inbox->mutex);
			//256 of at most 1500 bytes
			if (inbox->datagrams.size()>=256)
				return;
			inbox->datagrams.emplace_back(data,data+size);
			if (inbox->scheduled)
				return;
			inbox->scheduled = true;
		}
		Deliver(inbox,persistent);
	}

	//A few of them in one call; the others wait until other transports had their turn
	static void Deliver(const std::shared_ptr<Inbox>& inbox, const std::shared_ptr<Persistent<v8::Object>>& persistent)
	{
		MediaServer::Async([inbox,persistent](){
			std::vector<std::vector<BYTE>> batch;
			bool more;
			{
				std::lock_guard<std::mutex> lock(inbox->mutex);
				while (!inbox->datagrams.empty() && batch.size()<32)
				{
					batch.push_back(std::move(inbox->datagrams.front()));
					inbox->datagrams.pop_front();
				}
				more = inbox->scheduled = !inbox->datagrams.empty();
			}
			Nan::HandleScope scope;
			auto array = Nan::New<v8::Array>(batch.size());
			for (uint32_t i=0; i<batch.size(); ++i)
				Nan::Set(array,i,Nan::CopyBuffer((const char*)batch[i].data(),batch[i].size()).ToLocalChecked());
			v8::Local<v8::Value> argv[1] = { array };
			MakeCallback(persistent,"onapplicationdata",1,argv);
			if (more)
				Deliver(inbox,persistent);
		});
	}

	virtual void onICETimeout() override 
	{
		//Run function on main node thread
		MediaServer::Async([=,cloned=persistent](){
			Nan::HandleScope scope;
			//Call object method with arguments
			MakeCallback(cloned, "onicetimeout");
`,
    times: 1,
    why: "Application data reaches JavaScript as the other events of a transport do: `onapplicationdata(Buffer[])` of the same object.",
  },
  {
    file: wrapper,
    find: `private:
	std::shared_ptr<Persistent<v8::Object>> persistent;
};


using DTLSICETransportListenerShared`,
    replace: `private:
	std::shared_ptr<Inbox> inbox = std::make_shared<Inbox>();
	std::shared_ptr<Persistent<v8::Object>> persistent;
};


using DTLSICETransportListenerShared`,
    times: 1,
    why: "The queue outlives the listener, as what is scheduled does.",
  },
  {
    file: wrapper,
    find: "static SwigV8ReturnValue _wrap_DTLSICETransport_ActivateRemoteCandidate(const SwigV8Arguments &args) {\n",
    replace: `static SwigV8ReturnValue _wrap_DTLSICETransport_SetApplicationDataRate(const SwigV8Arguments &args) {
  SWIGV8_HANDLESCOPE();
  void *self = nullptr;
  uint32_t rate = 0;
  if (!SWIG_IsOK(SWIG_ConvertPtr(args.This(), &self, SWIGTYPE_p_DTLSICETransport, 0)) || !self) SWIG_exception_fail(SWIG_TypeError, "SetApplicationDataRate: no transport");
  if (args.Length() != 1 || !args[0]->IsUint32()) SWIG_exception_fail(SWIG_TypeError, "SetApplicationDataRate: datagrams a second");
  rate = Nan::To<uint32_t>(args[0]).FromJust();
  reinterpret_cast<DTLSICETransport*>(self)->SetApplicationDataRate(rate);
fail:
  SWIGV8_RETURN(SWIGV8_UNDEFINED());
}


static SwigV8ReturnValue _wrap_DTLSICETransport_SendApplicationData(const SwigV8Arguments &args) {
  SWIGV8_HANDLESCOPE();
  void *self = nullptr;
  const BYTE *data = nullptr;
  if (!SWIG_IsOK(SWIG_ConvertPtr(args.This(), &self, SWIGTYPE_p_DTLSICETransport, 0)) || !self) SWIG_exception_fail(SWIG_TypeError, "SendApplicationData: no transport");
  if (args.Length() != 1 || !node::Buffer::HasInstance(args[0]) || !node::Buffer::Length(args[0]) || node::Buffer::Length(args[0]) > 1280) SWIG_exception_fail(SWIG_TypeError, "SendApplicationData: a buffer of at most 1280 bytes");
  data = reinterpret_cast<const BYTE*>(node::Buffer::Data(args[0]));
  reinterpret_cast<DTLSICETransport*>(self)->SendApplicationData(std::vector<BYTE>(data, data + node::Buffer::Length(args[0])));
fail:
  SWIGV8_RETURN(SWIGV8_UNDEFINED());
}


static SwigV8ReturnValue _wrap_DTLSICETransport_ActivateRemoteCandidate(const SwigV8Arguments &args) {
`,
    times: 1,
    why: "The two methods, as SWIG would write them.",
  },
  {
    file: wrapper,
    find: 'SWIGV8_AddMemberFunction(_exports_DTLSICETransport_class, "Reset", _wrap_DTLSICETransport_Reset);\n',
    replace: `SWIGV8_AddMemberFunction(_exports_DTLSICETransport_class, "Reset", _wrap_DTLSICETransport_Reset);
SWIGV8_AddMemberFunction(_exports_DTLSICETransport_class, "SetApplicationDataRate", _wrap_DTLSICETransport_SetApplicationDataRate);
SWIGV8_AddMemberFunction(_exports_DTLSICETransport_class, "SendApplicationData", _wrap_DTLSICETransport_SendApplicationData);
`,
    times: 1,
    why: "The two methods are made known to JavaScript.",
  },
];
